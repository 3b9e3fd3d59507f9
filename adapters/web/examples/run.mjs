/**
 * `node examples/run.mjs [name…]`: installs the example applications of the guide with the packed
 * package, starts each against a Meterport of their own and clicks through it in Chromium.
 */
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { copyFile, cp, mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { ARGS, CHROMIUM } from '../browser/chromium.mjs';
import { startMeterport } from '../browser/server.mjs';

const OUT = 'target/examples';
const PATIENCE = 120_000;
const wanted = process.argv.slice(2);
const subject = `example-${Date.now()}`;
let passed = 0;
const failures = [];

await mkdir(OUT, { recursive: true });
await cp('../../docs/guide/examples', OUT, { recursive: true, filter: (path) => !/node_modules|\.next|\/dist$/.test(path) });
execFileSync('node', ['scripts/packed.mjs', OUT], { stdio: 'inherit' });

const { url, key, stop } = await startMeterport(['*']);
const admin = async (path, body, type = 'application/json') => {
  const response = await fetch(`${url}/api/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${key}`, 'content-type': type } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
};
const ingest = (...tokens) => admin('/events', tokens.map((amount, at) => ({
  specversion: '1.0', id: crypto.randomUUID(), source: 'example', type: 'example_prompt', subject, data: { tokens: amount, model: at % 2 ? 'small' : 'large' },
})), 'application/cloudevents-batch+json');

await admin('/meters', {
  slug: 'tokens', name: 'Tokens', aggregation: 'SUM', eventType: 'example_prompt', valueProperty: '$.tokens', groupBy: { model: '$.model' }, metadata: { unit: 'tokens', 'label.model': 'Model' },
}).catch((error) => {
  if (!String(error).includes('409')) throw error;
});
await ingest(100, 23);

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
const heading = (page) => page.locator('.up-total-value');

/** What every example must do: show what was counted, follow what happens, group it, and keep the key to itself. */
async function clickThrough(page, before) {
  await heading(page).getByText(`${before} tokens`).waitFor();
  await page.getByRole('button', { name: /^Live/ }).waitFor();
  await ingest(7);
  await heading(page).getByText(`${before + 7} tokens`).waitFor();
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('model');
  await page.getByRole('list', { name: 'Series' }).getByRole('button', { pressed: true }).first().waitFor();
  await page.getByRole('button', { name: 'Table' }).click();
  await page.getByRole('columnheader', { name: 'large' }).waitFor();
}

async function example(name, { command, build }, body) {
  if (wanted.length && !wanted.includes(name)) return;
  const folder = `${OUT}/${name}`;
  const port = await freePort();
  const environment = { ...process.env, METERPORT_URL: url, METERPORT_API_KEY: key, SUBJECT: subject, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1', BROWSER: 'none' };
  let server;
  let said = '';
  const page = await browser.newPage({ viewport: { width: 1180, height: 900 }, locale: 'en-US' });
  const complaints = [];
  const leaks = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('response', (response) => void response.text().then((text) => text.includes(key) && leaks.push(response.url()), () => {}));
  try {
    await install(folder);
    if (build) await promisify(execFile)('npx', build, { cwd: folder, env: environment, timeout: PATIENCE });
    const [program, ...words] = command(port);
    // In a group of its own, so that whatever it starts can be stopped with it.
    server = spawn(program, words, { cwd: folder, env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text));
    await answered(`http://127.0.0.1:${port}/`, () => server.exitCode === null);
    await page.goto(`http://127.0.0.1:${port}/`);
    await body(page);
    assert.deepEqual(complaints, []);
    assert.deepEqual(leaks, []);
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL ${name}\n     ${[error.message, error.stdout, error.stderr, said, ...complaints].filter(Boolean).join('\n').split('\n').slice(0, 40).join('\n     ')}`);
    await page.screenshot({ path: `${OUT}/failed-${name}.png` }).catch(() => {});
  } finally {
    await page.close();
    if (server?.exitCode === null) process.kill(-server.pid, 'SIGTERM');
  }
}

/** From the lock file when that changed; our own package is taken out of its file each time. */
async function install(folder) {
  const [lock, installed] = [`${folder}/package-lock.json`, `${folder}/node_modules/.installed-lock`];
  if (await readFile(lock, 'utf8') !== await readFile(installed, 'utf8').catch(() => '')) {
    await promisify(execFile)('npm', ['ci'], { cwd: folder, timeout: PATIENCE });
    await copyFile(lock, installed);
  }
  const own = `${folder}/node_modules/@meterport/web`;
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  await promisify(execFile)('tar', ['xzf', `${OUT}/meterport-web.tgz`, '--strip-components=1', '-C', own]);
  await rm(`${folder}/node_modules/.vite`, { recursive: true, force: true });
  await rm(`${folder}/.next`, { recursive: true, force: true });
}

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function answered(address, alive) {
  for (const end = Date.now() + PATIENCE; Date.now() < end && alive();) {
    if ((await fetch(address).catch(() => undefined))?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${address} does not answer`);
}

let counted = 123;
async function clicked(page) {
  await clickThrough(page, counted);
  counted += 7;
}

await example('html', { command: () => ['node', 'server.mjs'] }, async (page) => {
  await clicked(page);
  const primary = await page.locator('usage-portal').evaluate((portal) => getComputedStyle(portal).getPropertyValue('--up-color-primary'));
  assert.equal(primary.trim(), '#0f766e');

  await page.goto(new URL('served.html', page.url()).href);
  await heading(page).getByText(`${counted} tokens`).waitFor();

  await page.goto(new URL('frame.html', page.url()).href);
  await heading(page.frameLocator('iframe')).getByText(`${counted} tokens`).waitFor();
});

await example('vite-react', { build: ['vite', 'build'], command: (port) => ['npx', 'vite', 'preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort'] }, async (page) => {
  const quota = () => page.getByText(`${counted} of 1,000,000 tokens this month`).waitFor();
  await quota();
  await clicked(page);
  await quota();

  await page.goto(new URL('branded', page.url()).href);
  await page.getByRole('heading', { name: 'Verbrauch' }).waitFor();
  await page.getByRole('list', { name: 'Reihen' }).getByRole('button', { name: /^Groß/ }).waitFor();
  assert.equal(await page.locator('.up-root').getAttribute('data-theme'), 'dark');

  await page.goto(new URL('guide', page.url()).href);
  await page.getByRole('listitem').getByText(new RegExp(`: ${counted}$`)).waitFor();
});

await example('nextjs', { command: (port) => ['npx', 'next', 'dev', '--hostname', '127.0.0.1', '--port', String(port)] }, async (page) => {
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await clicked(page);
});

await browser.close();
await stop();
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
