/** What a browser test needs around it: the package bundled, a server to ask, a page from elsewhere. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { startMeterport } from './server.mjs';

export { ARGS, CHROMIUM } from './chromium.mjs';

const OUT = 'target/browser';
/** Where the published clients are installed, for the tests on Node too. */
const PUBLISHED = '../../bootstrap/src/test/sdk';
const common = { bundle: true, format: 'esm', jsx: 'automatic', logLevel: 'warning', target: 'es2022', minify: true, define: { 'process.env.NODE_ENV': '"production"' } };
/** What a backend knows of a customer and tells the page. */
const TERMS = { timeZone: 'America/New_York', billing: { anchor: '2026-01-01', interval: 'month' }, allowances: { tokens: 25_000_000, requests: 500_000 } };
const TYPES = { js: 'text/javascript', css: 'text/css', html: 'text/html' };

/** A server of its own; one in memory where it has to be another time there, as on pictures. */
export async function startAll(clock) {
  await bundle();
  const app = createServer();
  await new Promise((done) => app.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${app.address().port}`;
  const api = await (clock ? startSample(clock) : startMeterport([origin]));
  const launched = Date.now();
  const admin = async (path, body, method = 'POST') => {
    const response = await fetch(`${api.url}/api/v1${path}`, {
      method, ...(body && { body: JSON.stringify(body) }),
      headers: { 'content-type': path === '/events' ? 'application/cloudevents-batch+json' : 'application/json', authorization: `Bearer ${api.key}` },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const world = {
    api: api.url, key: api.key, origin, admin, minted: [], refuseTokens: false,
    app: (query = {}) => `${origin}/?${new URLSearchParams({ api: api.url, ...query })}`,
    /** A token as a backend gets it, for what stands in the query; `seconds` is how long it lives. */
    mint: (query) => {
      const { subject, meters, seconds, ...rest } = Object.fromEntries(new URLSearchParams(query));
      const now = (clock ? Date.parse(clock) : launched) + Date.now() - launched;
      return admin('/portal/tokens', {
        subject, ...(!clock && TERMS), ...(meters && { allowedMeterSlugs: meters.split(',') }), ...(seconds && { expiresAt: new Date(now + Number(seconds) * 1000).toISOString() }), ...rest,
      });
    },
    ingest: (subject, events) => ingest(admin, subject, events),
    seed: (subject) => (clock ? undefined : seed(admin, subject)),
    stop: async () => {
      app.closeAllConnections();
      app.close();
      await api.stop();
    },
  };
  app.on('request', (request, response) => serve(world, request, response).catch((error) => response.writeHead(500).end(String(error))));
  return world;
}

async function bundle() {
  await mkdir(OUT, { recursive: true });
  await build({ ...common, entryPoints: ['browser/app.tsx'], outdir: OUT, splitting: true });
  await build({ ...common, entryPoints: { de: 'src/locales/de.ts', ar: 'src/locales/ar.ts', fr: 'src/locales/fr.ts', ja: 'src/locales/ja.ts' }, outdir: `${OUT}/locales` });
  await build({ ...common, entryPoints: ['src/styles/styles.css'], outdir: OUT });
  // A published client asks for a newer Node than it needs; npm hands this package's strictness on to what it runs.
  if (!existsSync(`${PUBLISHED}/node_modules`)) execFileSync('npm', ['ci', '--no-progress', '--engine-strict=false'], { cwd: PUBLISHED, stdio: 'inherit' });
  // One React for both, as in a real application.
  const alias = Object.fromEntries(['react', 'react-dom'].map((name) => [name, resolve('node_modules', name)]));
  await build({ ...common, entryPoints: ['browser/openmeter.jsx'], outdir: OUT, splitting: true, alias, nodePaths: [resolve(PUBLISHED, 'node_modules')] });
}

/** A customer's own application: pages under a policy, and a route that gets tokens. */
async function serve(world, request, response) {
  const { pathname, search } = new URL(request.url, world.origin);
  if (pathname === '/token') {
    if (world.refuseTokens) return response.writeHead(403).end();
    const token = await world.mint(search);
    world.minted.push(token);
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
  }
  if (pathname === '/favicon.ico') return response.writeHead(204).end();
  const file = pathname === '/' ? 'browser/pages/app.html' : pathname.startsWith('/pages/') ? `browser${pathname}` : pathname.startsWith('/dist/') ? pathname.slice(1) : `${OUT}${pathname}`;
  const content = await readFile(file).catch(() => null);
  const type = TYPES[file.split('.').pop()] ?? 'text/plain';
  return response.writeHead(content ? 200 : 404, {
    'content-type': `${type}; charset=utf-8`,
    ...(type === 'text/html' && { 'content-security-policy': `default-src 'none'; script-src 'self' ${world.api}; style-src 'self'; connect-src 'self' ${world.api}; img-src 'self'; frame-src ${world.api}` }),
  }).end(content ?? '');
}

async function ingest(admin, subject, events) {
  const batch = events.map(({ time = new Date().toISOString(), data }) => ({ specversion: '1.0', id: crypto.randomUUID(), source: 'browser-test', type: 'call', subject, time, data }));
  for (let at = 0; at < batch.length; at += 5_000) await admin('/events', batch.slice(at, at + 5_000));
}

/** Four meters, and a hundred days of one customer. */
async function seed(admin, subject) {
  await build({ ...common, entryPoints: ['src/sample/data.ts'], outfile: `${OUT}/sample.mjs` });
  const { METERS, sampleOf } = await import(pathToFileURL(`${OUT}/sample.mjs`).href);
  for (const { slug, name, description, unit, aggregation, property, groupBy } of METERS) {
    await admin('/meters', {
      slug, name, ...(description && { description }), aggregation, eventType: 'call', valueProperty: `$.${property}`,
      groupBy: Object.fromEntries(groupBy.map(({ key }) => [key, `$.${key}`])),
      metadata: { unit, ...Object.fromEntries(groupBy.map(({ key, label }) => [`label.${key}`, label])) },
    });
  }
  await admin('/subjects', [{ key: subject, displayName: 'Acme, Inc.' }]);
  const { events } = sampleOf(Date.now(), 'America/New_York', 100);
  await ingest(admin, subject, events.map(({ time, data }) => ({ time: new Date(time).toISOString(), data })));
}

async function startSample(clock) {
  await build({ ...common, entryPoints: ['test/fixture/server.ts'], outfile: `${OUT}/server.mjs`, platform: 'node', target: 'node20' });
  const { startServer } = await import(pathToFileURL(`${OUT}/server.mjs`).href);
  return startServer({ clock });
}
