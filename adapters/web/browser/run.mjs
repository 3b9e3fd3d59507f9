/** `node browser/run.mjs [name…]`: what only a browser can show, against Meterport itself. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { startDemo } from './server.mjs';
import { ARGS, CHROMIUM, startAll } from './world.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const world = await startAll();
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
const wanted = process.argv.slice(2);
const subject = `browser-${Date.now()}`;
let passed = 0;
const failures = [];

/** One page in a context of its own; whatever it complains of fails the test, unless foreseen. */
async function test(name, options, body) {
  if (wanted.length && !wanted.some((word) => name.includes(word))) return;
  const { foreseen = /$^/, width = 1180, height = 900, dark = false, ...context } = options;
  const { contextOptions = {}, ...query } = context;
  const at = await browser.newContext({ viewport: { width, height }, timezoneId: 'Asia/Tokyo', locale: 'en-US', colorScheme: dark ? 'dark' : 'light', bypassCSP: false, ...contextOptions });
  const page = await at.newPage();
  const complaints = [];
  const hear = (text) => foreseen.test(text) || complaints.push(text);
  page.on('pageerror', (error) => hear(`error: ${error.message}`));
  page.on('console', (message) => (message.type() === 'error' || message.type() === 'warning') && hear(`console: ${message.text()}`));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`csp: ${event.violatedDirective} ${event.blockedURI}`));
  });
  try {
    await body(page, { query: { theme: dark ? 'dark' : 'light', ...query }, open: (more = {}) => page.goto(world.app({ theme: dark ? 'dark' : 'light', ...query, ...more })) });
    assert.deepEqual(complaints, []);
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL ${name}\n     ${String(error.message ?? error).split('\n').slice(0, 12).join('\n     ')}`);
    await page.screenshot({ path: `target/browser/failed-${failures.length}.png` }).catch(() => {});
  } finally {
    await at.close();
  }
}

const drawn = async (page) => {
  await page.waitForSelector('.up-plot path, .up-table, .up-state');
  await page.waitForFunction(() => !(document.querySelector('usage-portal')?.shadowRoot ?? document).querySelector('.up-skeleton, .up-skeleton-chart'));
};
const total = (page) => page.locator('.up-total-value').textContent();
/** Of one document; what it frames is audited by itself. */
const audit = async (page) => {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await window.axe.run(document, { iframes: false, runOnly: { type: 'tag', values: tags }, rules: { 'page-has-heading-one': { enabled: false } } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`).slice(0, 3).join(' | ')}`);
  });
  assert.deepEqual(violations, []);
};
const until = async (condition, what, millis = 6_000) => {
  const end = Date.now() + millis;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not in time: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
};
/** What the browser sent and what came back, in order, as "GET /path 200"; preflights and 304s too. */
const statuses = async (page) => {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const methods = new Map();
  const answers = [];
  client.on('Network.requestWillBeSent', ({ requestId, request }) => methods.set(requestId, `${request.method} ${new URL(request.url).pathname}`));
  client.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => answers.push([requestId, statusCode]));
  // The two come in either order.
  return () => answers.filter(([id]) => methods.has(id)).map(([id, status]) => `${methods.get(id)} ${status}`);
};

await world.seed('acme');

for (const dark of [false, true]) {
  const theme = dark ? 'dark' : 'light';
  await test(`accessible: chart and tooltip, ${theme}`, { dark, view: 'group=model&compare=1' }, async (page, { open }) => {
    await open();
    await drawn(page);
    await page.locator('.up-plot').focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector('.up-tooltip');
    await audit(page);
  });
  await test(`accessible: table, ${theme}`, { dark, view: 'group=model&table=1&compare=1' }, async (page, { open }) => {
    await open();
    await drawn(page);
    await audit(page);
  });
  await test(`accessible: lines, filters, allowance, ${theme}`, { dark, view: 'meter=latency&group=model&filter.model=gpt-4o' }, async (page, { open }) => {
    await open();
    await drawn(page);
    await audit(page);
  });
}
await test('accessible: from the right', { locale: 'ar', view: 'group=model' }, async (page, { open }) => {
  await open();
  await drawn(page);
  assert.equal(await page.locator('.up-root').getAttribute('dir'), 'rtl');
  await audit(page);
});
await test('accessible and without overflow at 320 pixels, filters open', { width: 320, height: 700, view: 'group=model' }, async (page, { open }) => {
  await open();
  await drawn(page);
  await page.click('.up-filters-button');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'no horizontal overflow');
  await audit(page);
  const small = await page.evaluate(() => [...document.querySelectorAll('button, select, input')].filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24 && !one.classList.contains('up-read')).map((one) => one.className));
  assert.deepEqual(small.filter((name) => name), []);
});
await test('accessible: empty', { mint: 'subject=nobody' }, async (page, { open }) => {
  await open();
  await page.getByText('No usage yet').waitFor();
  await audit(page);
});
await test('accessible: error', { foreseen: /status of 500/ }, async (page, { open }) => {
  await page.route('**/portal/query?**', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', headers: { 'access-control-allow-origin': '*' }, body: '{"title":"Internal Server Error","status":500,"code":"internal-error"}' }));
  await open();
  await page.getByText('Usage could not be loaded').first().waitFor();
  await audit(page);
});
await test('accessible: session over', { foreseen: /status of 401/, static: 'om_portal_none' }, async (page, { open }) => {
  await open();
  await page.getByText('Your session has ended').waitFor();
  await audit(page);
});

await test('what is ingested is seen within a second', { mint: `subject=${subject}-live`, meters: 'tokens' }, async (page, { open }) => {
  await open();
  await page.getByText('No usage yet').waitFor();
  await page.getByRole('button', { name: /^Live/ }).waitFor();
  await world.ingest(`${subject}-live`, [{ data: { tokens: 42, model: 'a' } }]);
  await until(async () => (await total(page)) === '42 tokens', 'the event', 1_000);
});

await test('a token is renewed before it ends, once, and nothing is seen of it', { mint: `subject=${subject}-renew&seconds=12`, meters: 'tokens', live: '500' }, async (page, { open }) => {
  await world.ingest(`${subject}-renew`, [{ data: { tokens: 7 } }]);
  await open();
  await drawn(page);
  await until(() => page.evaluate(() => window.portal.calls.length === 2), 'the second token', 14_000);
  assert.deepEqual(await page.evaluate(() => [window.portal.calls, window.portal.errors, window.portal.expired]), [['initial', 'expiring'], [], 0]);
  assert.equal(await total(page), '7 tokens');
});

await test('a token that is refused while polling is replaced by one call', { mint: `subject=${subject}-poll`, meters: 'tokens', live: '300', nostream: '1', foreseen: /status of 401/ }, async (page, { open }) => {
  await world.ingest(`${subject}-poll`, [{ data: { tokens: 7 } }]);
  await open();
  await drawn(page);
  await world.admin('/portal/tokens/invalidate', { subject: `${subject}-poll` });
  await until(() => page.evaluate(() => window.portal.calls.length === 2), 'the second token');
  await page.waitForTimeout(1_000);
  assert.deepEqual(await page.evaluate(() => window.portal.calls), ['initial', 'unauthorized']);
  assert.equal(await page.locator('.up-state').count(), 0);
});

await test('a revoked session ends calmly within a second, and asks no more', { meters: 'tokens', foreseen: /status of 401/ }, async (page, { open }) => {
  const token = await world.mint(`subject=${subject}-revoked`);
  await open({ static: token.token });
  await page.getByRole('button', { name: /^Live/ }).waitFor();
  await world.admin('/portal/tokens/invalidate', { id: token.id });
  await page.getByText('Your session has ended').waitFor({ timeout: 1_500 });
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.waitForTimeout(2_000);
  assert.deepEqual(requests, []);
});

await test('polling costs revalidations and one preflight for each address', { meters: 'tokens', live: '250', nostream: '1' }, async (page, { open }) => {
  const seen = await statuses(page);
  await open();
  await drawn(page);
  await until(() => seen().filter((one) => one === 'GET /api/v1/portal/query 304').length >= 4, 'four times 304');
  const queries = seen().filter((one) => one.startsWith('GET /api/v1/portal/query'));
  assert.equal(queries.filter((one) => one.endsWith(' 200')).length, 1);
  assert.deepEqual(seen().filter((one) => one.startsWith('OPTIONS')), ['OPTIONS /api/v1/portal/session 204', 'OPTIONS /api/v1/portal/query 204'], seen().join(', '));
});

await test('a week with a clock change, in another zone than the browser’s', { zone: 'America/New_York', meters: 'tokens', mint: `subject=${subject}-dst`, view: 'range=2026-10-30T04:00:00.000Z/2026-11-06T05:00:00.000Z&window=DAY' }, async (page, { open }) => {
  await world.ingest(`${subject}-dst`, [
    { time: '2026-11-01T04:30:00Z', data: { tokens: 1 } }, { time: '2026-11-02T04:30:00Z', data: { tokens: 10 } }, { time: '2026-11-02T05:30:00Z', data: { tokens: 100 } },
  ]);
  await open();
  await drawn(page);
  const slider = page.getByRole('slider');
  assert.equal(await slider.getAttribute('aria-valuemax'), '6');
  await slider.focus();
  await page.keyboard.press('Home');
  for (const text of ['Sun, Nov 1: 11 tokens', 'Mon, Nov 2: 100 tokens']) {
    await until(async () => {
      await page.keyboard.press('ArrowRight');
      return (await slider.getAttribute('aria-valuetext')).startsWith(text);
    }, text);
  }
  await page.selectOption('select:near(:text("Interval"))', 'HOUR');
  await until(async () => (await slider.getAttribute('aria-valuemax')) === String(7 * 24), 'the 25-hour day');
});

await test('the file equals the screen', { meters: 'tokens', view: 'days=7&group=type&table=1' }, async (page, { open }) => {
  await open();
  await drawn(page);
  const rows = await page.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent.replace('still counting', ''))));
  const heads = await page.locator('thead th').evaluateAll((all) => all.map((cell) => cell.textContent.trim()));
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download as CSV' }).click()]);
  assert.match(download.suggestedFilename(), /^tokens_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d_[\w-]+\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).replace(/^\ufeff/, '').trim().split(/\r?\n/).slice(1).map((line) => line.split(','));
  const shown = rows.flatMap(([, ...cells]) => heads.slice(1, -1).map((group, at) => `${group}=${cells[at].replaceAll(',', '').replace('–', '')}`)).filter((one) => !/=(0|)$/.test(one)).sort();
  const written = lines.map((cells) => `${cells[3]}=${cells.at(-1)}`).filter((one) => !/=0$/.test(one)).sort();
  assert.deepEqual(written, shown);
});

await test('busy: the countdown ends by itself', { meters: 'tokens', foreseen: /status of 429/ }, async (page, { open }) => {
  let refused = 0;
  await page.route('**/portal/query?**', (route) => (refused++ ? route.continue() : route.fulfill({ status: 429, headers: { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After', 'retry-after': '4' } })));
  await open();
  await page.getByText(/Busy; trying again in \d second/).waitFor();
  await audit(page);
  await drawn(page);
});

await test('offline: said, and over when the network is back', { meters: 'tokens', foreseen: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|network/i }, async (page, { open }) => {
  await open();
  await page.getByRole('button', { name: /^Live/ }).waitFor();
  await drawn(page);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: /^Offline/ }).waitFor();
  assert.ok((await page.locator('.up-bars').count()) > 0);
  await audit(page);
  await page.context().setOffline(false);
  await page.getByRole('button', { name: /^Live/ }).waitFor();
});

await test('nothing of the token is stored, and the address has the view', { meters: 'tokens' }, async (page, { open }) => {
  await open();
  await drawn(page);
  await page.selectOption('select:near(:text("Group by"))', 'model');
  await page.locator('.up-legend').waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
  assert.doesNotMatch(kept, /om_portal/);
  assert.match(kept, /group=model/);
});

await test('prints the chart and then all rows, light, without controls', { dark: true, view: 'group=model' }, async (page, { open }) => {
  await open();
  await drawn(page);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.up-pickers').isVisible(), false);
  assert.equal(await page.locator('.up-print table').isVisible(), true);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.up-panel')).backgroundColor), 'rgb(255, 255, 255)');
  assert.ok((await page.pdf()).length > 10_000);
});

await test('names that are markup are text, wherever they stand', {}, async (page, { query }) => {
  const evil = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>';
  const key = `evil-${subject}`;
  await world.admin('/meters', { slug: 'evil', name: evil, description: evil, aggregation: 'SUM', eventType: 'call', valueProperty: '$.evil', groupBy: { model: '$.model' }, metadata: { unit: evil, 'label.model': evil } });
  await world.admin('/subjects', [{ key, displayName: evil }]);
  await world.ingest(key, [{ data: { evil: 5, model: evil } }]);
  await page.goto(world.app({ ...query, mint: `subject=${key}`, meters: 'evil', view: 'days=7&group=model' }));
  await drawn(page);
  await page.getByText('window.owned').first().waitFor();
  await page.getByRole('button', { name: 'Table' }).click();
  await page.getByRole('table').waitFor();
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.equal(await page.locator('img').count(), 0);
  await world.admin('/meters/evil', undefined, 'DELETE');
});

await test('usage that the token does not show is not spoken of', { meters: 'transfer', mint: 'subject=acme&meters=tokens' }, async (page, { open }) => {
  await open();
  await page.getByText('There is nothing to show yet').waitFor();
  assert.doesNotMatch(await page.locator('#app').innerText(), /transfer/i);
  await audit(page);
});

await test('code of OpenMeter’s guides runs from another origin, with its own client and with this package', {}, async (page) => {
  const key = `${subject}-guide`;
  await world.ingest(key, [
    { time: '2026-03-07T12:00:00Z', data: { tokens: 0.1, model: 'a&b [c]/é' } }, { time: '2026-03-07T13:00:00Z', data: { tokens: 0.2, model: 'a&b [c]/é' } },
    { time: '2026-03-08T12:00:00Z', data: { tokens: 40, model: 'a&b [c]/é' } }, { time: '2026-03-08T12:30:00Z', data: { tokens: 1_000, model: 'other' } },
  ]);
  const seen = await statuses(page);
  await page.goto(`${world.origin}/pages/openmeter.html?${new URLSearchParams({ api: world.api, subject: key, model: 'a&b [c]/é', from: '2026-03-07T05:00:00Z', to: '2026-03-09T04:00:00Z' })}`);
  for (const id of ['published', 'ours']) {
    await page.locator(`#${id}`).waitFor();
    assert.deepEqual(await page.locator(`#${id} li`).allInnerTexts(), ['2026-03-07: 0.3', '2026-03-08: 40'], id);
  }
  assert.ok(seen().filter((one) => /^OPTIONS .* 204$/.test(one)).length >= 2, 'the browser asked first whether it may');
});

await test('nothing moves when the numbers come', { view: 'period=current' }, async (page, { open }) => {
  let release;
  const held = new Promise((done) => (release = done));
  await page.route('**/portal/query?**', async (route) => {
    await held;
    await route.continue();
  });
  await open();
  await page.locator('.up-board .up-skeleton-chart').waitFor();
  const places = () => page.evaluate(() => ['.up-cards', '.up-panel', '.up-toolbar', '.up-plot, .up-skeleton-chart', '.up-foot'].map((name) => {
    const { top, height } = document.querySelector(name).getBoundingClientRect();
    return `${name} ${Math.round(top)} ${name === '.up-foot' ? '' : Math.round(height)}`.replace('.up-plot, .up-skeleton-chart', 'chart');
  }));
  const before = await places();
  release();
  await drawn(page);
  assert.deepEqual(await places(), before);
});

await test('billing periods are those of the session, in another zone too', { meters: 'tokens', view: 'period=current&zone=Asia/Tokyo' }, async (page, { open }) => {
  const answers = {};
  page.on('response', async (response) => {
    const { pathname } = new URL(response.url());
    if (/portal\/(session|query)$/.test(pathname) && response.request().method() === 'GET') answers[pathname.split('/').at(-1)] = await response.json().catch(() => undefined);
  });
  await open();
  await drawn(page);
  await page.getByText('Billing periods follow America/New York.').waitFor();
  const { session, query } = answers;
  assert.equal(query.timeZone, 'Asia/Tokyo');
  assert.deepEqual([Date.parse(query.from), Date.parse(query.to)], [Date.parse(session.billing.current.from), Date.parse(session.billing.current.to)]);
});

await test('forced colours: what is pressed is outlined, and the bars keep their colours', { contextOptions: { forcedColors: 'active' }, meters: 'tokens', view: 'group=model' }, async (page, { open }) => {
  await open();
  await drawn(page);
  const outline = (name) => page.getByRole('button', { name, exact: true }).evaluate((button) => getComputedStyle(button).outlineStyle);
  assert.equal(await outline('Chart'), 'solid');
  assert.equal(await outline('Table'), 'none');
  const fills = await page.locator('.up-bars:not(.up-open)').evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).fill));
  assert.ok(new Set(fills).size > 4, fills.join(' '));
});

await test('draws 720 windows of 8 groups with few nodes', { view: 'days=30&window=HOUR&group=model', meters: 'tokens' }, async (page, { open }) => {
  await page.addInitScript(() => {
    window.long = [];
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: 'longtask', buffered: true });
  });
  await open();
  await drawn(page);
  assert.ok((await page.locator('.up-svg *').count()) < 80, 'few nodes');
  console.log(`     long tasks while loading: ${await page.evaluate(() => window.long.join(', ')) || 'none'} ms`);
});

for (const theme of ['light', 'dark']) {
  await test(`the element: under a strict policy, accessible, ${theme}`, { dark: theme === 'dark' }, async (page) => {
    await page.goto(`${world.origin}/pages/element.html?${new URLSearchParams({ api: world.api, theme })}`);
    await drawn(page);
    await until(() => page.evaluate(() => window.seen.includes('ready')), 'ready');
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('usage-portal').shadowRoot.querySelector('.up-s1')).getPropertyValue('--c').trim()), '#b4232c');
    await audit(page);
  });
}
await test('the element: keeps its state when it is moved, and loads its language', {}, async (page) => {
  await page.goto(`${world.origin}/pages/element.html?${new URLSearchParams({ api: world.api, locale: 'de' })}`);
  await page.getByRole('button', { name: 'Tabelle' }).click();
  await page.locator('.up-table').first().waitFor();
  await page.evaluate(() => document.querySelector('#there').append(document.querySelector('usage-portal')));
  await page.waitForTimeout(300);
  assert.equal(await page.getByRole('table').isVisible(), true);
  assert.ok(await page.evaluate(() => window.seen.includes('range-change')));
});

await test('the frame: gets a token by message, grows with its content, and tells', {}, async (page) => {
  await page.goto(`${world.origin}/pages/frame.html?${new URLSearchParams({ api: world.api })}`);
  const frame = page.frameLocator('iframe');
  await frame.locator('.up-bars').first().waitFor();
  await until(() => page.evaluate(() => window.messages.includes('usage-portal:ready')), 'ready');
  const inner = await frame.locator('main').evaluate((main) => main.getBoundingClientRect().height);
  await until(async () => Math.abs((await page.locator('iframe').boundingBox()).height - inner) < 2, 'the height');
  assert.deepEqual(await page.evaluate(() => window.reasons), ['initial']);
  assert.doesNotMatch(await page.locator('iframe').getAttribute('src'), /om_portal/);
  await audit(page.frames()[1]);
});
await test('the frame: is empty on pages whose origin is not listed', { foreseen: /frame-ancestors/ }, async (page) => {
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  // The same machine by another name is another origin.
  await page.goto(`${world.origin.replace('127.0.0.1', 'localhost')}/pages/frame.html?${new URLSearchParams({ api: world.api })}`);
  await until(() => complaints.some((text) => text.includes('frame-ancestors')), 'the refusal');
  assert.deepEqual(await page.evaluate(() => window.reasons), []);
});
await test('the hosted page: its policy stops all that it does not need', { foreseen: /csp:|Content Security Policy|Trusted/i }, async (page) => {
  await page.goto(`${world.api}/portal/embed?origin=${world.origin}`);
  await page.getByText('meant to be embedded').waitFor();
  const stopped = await page.evaluate(async (elsewhere) => {
    const seen = new Set();
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => seen.add(violatedDirective));
    const tries = [
      () => fetch(elsewhere),
      () => { document.body.append(Object.assign(new Image(), { src: `${elsewhere}/x.png` })); },
      () => import(`${elsewhere}/app.js`),
      () => { document.body.append(Object.assign(document.createElement('script'), { src: `${elsewhere}/x.js` })); },
      () => { document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' })); },
      () => { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); },
      () => { document.body.setAttribute('style', 'color: red'); },
      () => { document.body.append(Object.assign(document.createElement('iframe'), { src: elsewhere })); },
      () => { document.head.append(Object.assign(document.createElement('base'), { href: elsewhere })); },
      () => { window.trustedTypes.createPolicy('any', {}); },
    ];
    let thrown = 0;
    for (const attempt of tries) {
      try {
        await attempt();
      } catch {
        thrown += 1;
      }
    }
    await new Promise((done) => setTimeout(done, 300));
    return { thrown, ran: window.ran ?? false, directives: [...seen].sort() };
  }, world.origin);
  assert.equal(stopped.ran, false);
  assert.deepEqual(stopped.directives, ['base-uri', 'connect-src', 'frame-src', 'img-src', 'require-trusted-types-for', 'script-src-elem', 'style-src-attr', 'trusted-types']);
});
await test('the frame: asks no page but the one that its address names', {}, async (page) => {
  await page.goto(`${world.origin}/pages/frame.html?${new URLSearchParams({ api: world.api })}`);
  await page.locator('iframe').waitFor();
  await page.evaluate((api) => {
    window.heard = [];
    addEventListener('message', ({ data }) => window.heard.push(data.type));
    const frame = document.createElement('iframe');
    frame.id = 'other';
    frame.src = `${api}/portal/embed?origin=https://elsewhere.example`;
    document.body.append(frame);
  }, world.api);
  await page.frameLocator('#other').getByText('meant to be embedded').waitFor();
});
await test('the hosted page: takes a token from the fragment and erases it', { mint: 'subject=acme' }, async (page) => {
  const { token } = await world.mint('subject=acme');
  await page.goto(`${world.api}/portal/embed?meters=tokens#token=${token}`);
  await page.locator('.up-bars').first().waitFor();
  assert.doesNotMatch(page.url(), /om_portal/);
  await page.goBack().catch(() => {});
  assert.doesNotMatch(page.url(), /om_portal/);
});
await test('the playground: works on sample data, with every language and theme', {}, async (page) => {
  await page.goto(`${world.api}/portal/playground`);
  await drawn(page);
  await page.selectOption('[name=locale]', 'en-XA');
  await page.getByText('[Úságé').first().waitFor().catch(() => page.getByText(/^\[Usá/).first().waitFor());
  await page.selectOption('[name=locale]', 'ar');
  await page.locator('.up-root[dir=rtl]').waitFor();
  await page.selectOption('[name=locale]', 'en');
  await page.locator('[name=var-series2]').fill('#ffff99');
  await page.getByText(/series2 has a contrast of 1\.\d/).waitFor();
  for (const tab of ['Element', 'iframe', 'curl', 'Java', 'React']) {
    await page.getByRole('tab', { name: tab }).click();
    assert.ok((await page.locator('#code').textContent()).length > 60);
  }
  assert.doesNotMatch(page.url(), /om_/);
  await page.selectOption('[name=width]', '320');
  await audit(page);
});
await test('the playground: makes a token with a key and shows what the server has', {}, async (page) => {
  await page.goto(`${world.api}/portal/playground`);
  await page.selectOption('[name=source]', 'server');
  await page.fill('[name=key]', world.key);
  await page.fill('[name=subject]', 'acme');
  await page.getByRole('button', { name: 'Create a token' }).click();
  await page.getByText('A token until').waitFor();
  await drawn(page);
  await page.getByText('Acme, Inc.').first().waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.querySelector('#requests').textContent]));
  assert.doesNotMatch(kept, /om_/);
});

await test('the demonstration: shows what a customer uses while it is used, to each its own', {}, async (page) => {
  const demo = await startDemo();
  try {
    await page.goto(demo.url);
    const frame = page.frameLocator('iframe');
    const shown = () => frame.locator('.up-total-value').textContent();
    await frame.locator('.up-bars').first().waitFor();
    await frame.getByText('Acme, Inc.').first().waitFor();
    const first = await shown();
    await until(async () => (await shown()) !== first, 'more usage', 30_000);
    await audit(page);
    await page.selectOption('[name=customer]', 'globex');
    await page.selectOption('[name=theme]', 'dark');
    await frame.getByText('Globex GmbH').first().waitFor();
    await frame.locator('.up-bars').first().waitFor();
    assert.equal(await frame.getByText('Acme').count(), 0);
    assert.doesNotMatch(JSON.stringify(page.frames().map((one) => one.url())), /om_/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  } finally {
    await page.goto('about:blank');
    await demo.stop();
  }
});

await browser.close();
await world.stop();
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
