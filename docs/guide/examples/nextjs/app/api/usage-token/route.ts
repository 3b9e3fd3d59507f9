/** Asks Meterport for a token with the API key, which never leaves the server. */
export async function POST() {
  // Whose usage it is, your session says, never the browser.
  const subject = process.env.SUBJECT ?? 'acme';
  const answer = await fetch(`${process.env.METERPORT_URL ?? 'http://127.0.0.1:8888'}/api/v1/portal/tokens`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${process.env.METERPORT_API_KEY}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ subject, expiresAt: new Date(Date.now() + 60 * 60_000) }),
    cache: 'no-store',
  });
  if (!answer.ok) return Response.json({ error: 'no token' }, { status: 502 });
  const { token, expiresAt } = await answer.json();
  return Response.json({ token, expiresAt }, { headers: { 'Cache-Control': 'no-store' } });
}
