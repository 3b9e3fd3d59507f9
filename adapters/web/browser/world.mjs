/** What a browser test needs around it: the package bundled, a server to ask, a page from elsewhere. */
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--force-device-scale-factor=1', '--font-render-hinting=none',
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const OUT = 'target/browser';

/** `METERPORT_URL` and `METERPORT_API_KEY` name a real server; without them one in memory answers. */
export async function startAll(clock = 'now') {
  await mkdir(OUT, { recursive: true });
  const common = { bundle: true, format: 'esm', jsx: 'automatic', logLevel: 'warning', target: 'es2022', minify: true, define: { 'process.env.NODE_ENV': '"production"' } };
  await build({ ...common, entryPoints: ['browser/app.tsx'], outdir: OUT, splitting: true });
  await build({ ...common, entryPoints: { de: 'src/locales/de.ts', ar: 'src/locales/ar.ts', fr: 'src/locales/fr.ts', ja: 'src/locales/ja.ts' }, outdir: `${OUT}/locales` });
  await build({ ...common, entryPoints: ['src/styles/styles.css'], outdir: OUT });
  const real = process.env.METERPORT_URL;
  const api = real ? { url: real, stop: async () => {} } : await startSample(common, clock);
  const admin = async (path, body) => {
    const response = await fetch(`${api.url}/api/v1${path}`, {
      method: 'POST', body: JSON.stringify(body),
      headers: { 'content-type': path === '/events' ? 'application/cloudevents-batch+json' : 'application/json', ...(process.env.METERPORT_API_KEY && { authorization: `Bearer ${process.env.METERPORT_API_KEY}` }) },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const mint = (query) => {
    const { subject, meters, seconds, at, ...rest } = Object.fromEntries(new URLSearchParams(query));
    return admin('/portal/tokens', {
      subject, ...(meters && { allowedMeterSlugs: meters.split(',') }), ...(seconds && { expiresAt: new Date(serverNow(clock) + Number(seconds) * 1000).toISOString() }), ...rest,
    });
  };
  const minted = [];
  const app = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    if (url.pathname === '/token') {
      if (world.refuseTokens) return response.writeHead(403).end();
      const token = await mint(url.search);
      minted.push(token);
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
    }
    if (url.pathname === '/favicon.ico') return response.writeHead(204).end();
    const file = url.pathname === '/' ? 'browser/pages/app.html' : url.pathname.startsWith('/pages/') ? `browser${url.pathname}` : url.pathname.startsWith('/dist/') ? url.pathname.slice(1) : `${OUT}${url.pathname}`;
    const content = await readFile(file).catch(() => null);
    const type = { js: 'text/javascript', css: 'text/css', html: 'text/html' }[file.split('.').pop()] ?? 'text/plain';
    response.writeHead(content ? 200 : 404, {
      'content-type': `${type}; charset=utf-8`,
      ...(type === 'text/html' && { 'content-security-policy': `default-src 'none'; script-src 'self' ${api.url}; style-src 'self'; connect-src 'self' ${api.url}; img-src 'self'; frame-src ${api.url}` }),
    }).end(content ?? '');
  });
  await new Promise((done) => app.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${app.address().port}`;
  const start = Date.now();
  const world = {
    api: api.url, origin, mint, ingest: (subject, events) => ingest(admin, subject, events),
    seed: (subject) => (real ? seed(admin, subject, common) : undefined), admin, minted, refuseTokens: false, started: start,
    app: (query = {}) => `${origin}/?${new URLSearchParams({ api: api.url, ...query })}`,
    stop: async () => {
      app.close();
      await api.stop();
    },
  };
  return world;
}

async function ingest(admin, subject, events) {
  const batch = events.map(({ time = new Date().toISOString(), data }) => ({ specversion: '1.0', id: crypto.randomUUID(), source: 'browser-test', type: 'call', subject, time, data }));
  for (let at = 0; at < batch.length; at += 5_000) await admin('/events', batch.slice(at, at + 5_000));
}

/** What the server in memory has from the start: four meters, and half a year of one subject. */
async function seed(admin, subject, common) {
  await build({ ...common, entryPoints: ['src/sample/data.ts'], outfile: `${OUT}/sample.mjs` });
  const { METERS, sampleOf } = await import(pathToFileURL(`${OUT}/sample.mjs`).href);
  for (const { slug, name, unit, aggregation, property, groupBy } of METERS) {
    await admin('/meters', {
      slug, name, aggregation, eventType: 'call', valueProperty: `$.${property}`, groupBy: Object.fromEntries(groupBy.map(({ key }) => [key, `$.${key}`])),
      metadata: { unit, ...Object.fromEntries(groupBy.map(({ key, label }) => [`label.${key}`, label])) },
    }).catch((error) => {
      if (!String(error).includes('409')) throw error;
    });
  }
  const { events } = sampleOf(Date.now(), 'America/New_York', 100);
  await ingest(admin, subject, events.map(({ time, data }) => ({ time: new Date(time).toISOString(), data })));
}

const launched = Date.now();

function serverNow(clock) {
  return (clock === 'now' ? launched : Date.parse(clock)) + Date.now() - launched;
}

async function startSample(common, clock) {
  await build({ ...common, entryPoints: ['test/fixture/server.ts'], outfile: `${OUT}/server.mjs`, platform: 'node', target: 'node20' });
  const { startServer } = await import(pathToFileURL(`${OUT}/server.mjs`).href);
  return startServer({ ...(clock !== 'now' && { clock }) });
}
