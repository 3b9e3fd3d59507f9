import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const { METERPORT_URL = 'http://127.0.0.1:8888', METERPORT_API_KEY, PORT = 3000 } = process.env;
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

const server = createServer(async (request, response) => {
  const path = request.url === '/' ? '/index.html' : request.url.split('?')[0];
  if (path === '/api/usage-token' && request.method === 'POST') return sendToken(response);

  // The package's files are served as they are: they are modules for browsers.
  const file = path.startsWith('/meterport/')
    ? new URL(path.replace('/meterport/', './node_modules/@meterport/web/dist/'), import.meta.url)
    : new URL(`.${path}`, import.meta.url);
  const content = TYPES[extname(path)] && await readFile(file, 'utf8').catch(() => undefined);
  if (!content) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': `${TYPES[extname(path)]}; charset=utf-8` });
  response.end(content.replaceAll('http://127.0.0.1:8888', METERPORT_URL));
});

async function sendToken(response) {
  // Whose usage it is, your session says, never the browser.
  const subject = process.env.SUBJECT ?? 'acme';
  const answer = await fetch(`${METERPORT_URL}/api/v1/portal/tokens`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${METERPORT_API_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ subject, expiresAt: new Date(Date.now() + 60 * 60_000) }),
  });
  const { token, expiresAt } = await answer.json();
  response.writeHead(token ? 200 : 502, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ token, expiresAt }));
}

server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
