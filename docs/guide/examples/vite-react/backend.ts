import type { IncomingMessage, ServerResponse } from 'node:http';

/** Asks Meterport for a token with the API key, which never leaves the backend. */
export async function sendToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Whose usage it is, your session says, never the browser.
  const subject = process.env.SUBJECT ?? 'acme';
  const answer = await fetch(`${process.env.METERPORT_URL ?? 'http://127.0.0.1:8888'}/api/v1/portal/tokens`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${process.env.METERPORT_API_KEY}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ subject, expiresAt: new Date(Date.now() + 60 * 60_000) }),
  });
  const { token, expiresAt } = (await answer.json()) as { token?: string; expiresAt?: string };
  response.writeHead(request.method === 'POST' && token ? 200 : 502, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify({ token, expiresAt }));
}
