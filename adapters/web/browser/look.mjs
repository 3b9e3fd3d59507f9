/** `node browser/look.mjs [name…]`: screenshots of the dashboard in its states, for a person to look at. */
import { chromium } from 'playwright-core';
import { mkdir } from 'node:fs/promises';
import { ARGS, CHROMIUM, startAll } from './world.mjs';

const world = await startAll('2026-11-18T15:26:03Z');
const out = process.env.SCREENSHOTS ?? 'target/screenshots';
await mkdir(out, { recursive: true });
const wanted = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });

const shot = async (name, options, work = async () => {}) => {
  if (wanted.length && !wanted.includes(name)) return;
  const { width = 1180, height = 860, dark, forced, scale = 1, ...query } = options;
  const context = await browser.newContext({
    viewport: { width, height }, deviceScaleFactor: scale, timezoneId: 'Asia/Tokyo', colorScheme: dark ? 'dark' : 'light', forcedColors: forced ? 'active' : 'none', locale: 'en-US',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log(name, 'pageerror', error.message));
  page.on('console', (message) => message.type() === 'error' && console.log(name, 'console', message.text()));
  await work.before?.(page);
  await page.goto(world.app({ theme: dark ? 'dark' : 'light', ...query }));
  await (typeof work === 'function' ? work(page) : work.after(page));
  await page.waitForTimeout(500);
  await page.locator('.up-root').screenshot({ path: `${out}/${name}.png` });
  await context.close();
};
const drawn = async (page) => {
  await page.waitForSelector('.up-plot path, .up-table, .up-state');
  await page.waitForFunction(() => !document.querySelector('.up-skeleton'));
};
const hover = (fraction) => async (page) => {
  await drawn(page);
  const box = await page.locator('.up-plot').boundingBox();
  await page.mouse.move(box.x + box.width * fraction, box.y + box.height / 2);
};

await shot('several', {}, drawn);
await shot('light', { view: 'group=model&compare=1' }, hover(0.4));
await shot('dark', { dark: true, view: 'group=model' }, hover(0.4));
await shot('single', { meters: 'tokens', view: 'compare=1' }, drawn);
await shot('cumulative', { view: 'cumulative=1&compare=1' }, hover(0.3));
await shot('cumulative-groups', { view: 'cumulative=1&group=model' }, drawn);
await shot('lines', { view: 'meter=latency&group=model&days=30' }, hover(0.6));
await shot('hours', { view: 'days=7&window=HOUR&group=type' }, drawn);
await shot('months', { view: 'days=180&group=model&window=MONTH' }, drawn);
await shot('transfer', { view: 'meter=transfer&days=30&group=region', dark: true }, drawn);
await shot('table', { view: 'group=model&table=1&compare=1' }, drawn);
await shot('rtl', { locale: 'ar', view: 'group=model' }, hover(0.4));
await shot('phone', { width: 375, height: 812, scale: 2, view: 'group=model' }, drawn);
await shot('phone-filters', { width: 320, height: 720, scale: 2, dark: true, view: 'days=30' }, async (page) => { await drawn(page); await page.click('.up-filters-button'); });
await shot('empty', { mint: 'subject=earlier' }, drawn);
await shot('empty-ever', { mint: 'subject=nobody', meters: 'tokens' }, drawn);
await shot('error', {}, { before: (page) => page.route('**/portal/query?**', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', headers: { 'access-control-allow-origin': '*' }, body: JSON.stringify({ title: 'Internal Server Error', status: 500, code: 'internal-error', instance: 'urn:request:01KAQ3W8ZC5V7N2M4T6R9X1YHB' }) })), after: drawn });
await shot('expired', { static: 'om_portal_unknown' }, drawn);
await shot('loading', {}, { before: (page) => page.route('**/portal/query?**', () => {}), after: (page) => page.waitForTimeout(900) });
await shot('forced-colors', { forced: true, view: 'group=model&compare=1' }, drawn);
await shot('custom', { view: 'range=2026-10-30T04:00:00.000Z/2026-11-06T05:00:00.000Z&window=HOUR&group=model' }, drawn);
await shot('filters', { view: 'group=region&filter.model=gpt-4o&filter.model=command-r' }, drawn);

// Those that the guide and the README show.
await shot('dashboard', { scale: 2, view: 'group=model' }, hover(0.46));
await shot('dashboard-dark', { dark: true, scale: 2, view: 'group=model' }, hover(0.46));
await shot('phone-page', { width: 360, height: 800, scale: 2, meters: 'tokens', view: 'group=type&days=30' }, drawn);

await browser.close();
await world.stop();
