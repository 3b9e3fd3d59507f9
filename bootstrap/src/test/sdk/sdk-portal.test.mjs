/** Portal tokens and the customer's own queries through the newest published SDK. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { OpenMeter } from '@openmeter/sdk';
import { OpenMeter as Portal } from '@openmeter/sdk/portal';
import {
  apiKey, AWKWARD, baseUrl, lines, prompts, recordingFetch, refusal, sortedLines, ULID, unique,
} from './setup.mjs';

const type = unique('prompt');
const acme = unique('acme');
const globex = unique('globex');
const tokens = unique('tokens_total');
const requests = unique('requests_total');
const recorded = recordingFetch();
const openmeter = new OpenMeter({ baseUrl, apiKey, fetch: recorded.fetch });

const dimensions = { model: '$.model', kind: '$.kind' };
const TOKEN = /^om_portal_([0-9A-HJKMNP-TV-Z]{26})\.[0-9A-Za-z]{49}$/;

const portal = (portalToken, options) => new Portal({ baseUrl, portalToken, ...options });

async function portalOf(subject) {
  return portal((await openmeter.portal.create({ subject })).token);
}

before(async () => {
  await openmeter.meters.create({
    slug: tokens,
    aggregation: 'SUM',
    eventType: type,
    valueProperty: '$.tokens',
    groupBy: dimensions,
  });
  await openmeter.meters.create({ slug: requests, aggregation: 'COUNT', eventType: type });
  await openmeter.events.ingest(prompts(type, acme, globex));
});

test('a token is created with its secret, which is shown once', async () => {
  const expiresAt = new Date(Date.now() + 3_600_000);

  const created = await openmeter.portal.create({
    subject: acme,
    allowedMeterSlugs: [tokens, requests],
    expiresAt,
  });

  assert.match(created.id, ULID);
  assert.equal(TOKEN.exec(created.token)?.[1], created.id);
  assert.equal(created.subject, acme);
  assert.deepEqual(created.allowedMeterSlugs, [tokens, requests]);
  assert.deepEqual(created.expiresAt, expiresAt);
  assert.equal(recorded.answers.at(-1).status, 200);
  assert.equal(recorded.answers.at(-1).headers.get('cache-control'), 'no-store');
});

test('a token lives 24 hours and opens every meter unless told otherwise', async () => {
  const earliest = Date.now() + 24 * 3_600_000;
  const created = await openmeter.portal.create({ subject: acme });
  const latest = Date.now() + 24 * 3_600_000;

  assert.deepEqual(created.allowedMeterSlugs, []);
  assert.ok(created.expiresAt.getTime() >= earliest && created.expiresAt.getTime() <= latest);
});

test('tokens are listed newest first, without their secrets, the dead ones included', async () => {
  const subject = unique('listed');
  const oldest = await openmeter.portal.create({ subject });
  const middle = await openmeter.portal.create({ subject, allowedMeterSlugs: [tokens] });
  const newest = await openmeter.portal.create({ subject });
  await openmeter.portal.invalidate({ id: middle.id });

  const listed = await openmeter.portal.list({ subject });

  assert.deepEqual(listed.map((item) => item.id), [newest.id, middle.id, oldest.id]);
  assert.ok(listed.every((item) => item.token === undefined && item.subject === subject));
  assert.ok(listed.every((item) => item.createdAt instanceof Date));
  assert.deepEqual(listed.map((item) => item.expiresAt), [
    newest.expiresAt, middle.expiresAt, oldest.expiresAt,
  ]);
  assert.deepEqual(listed.map((item) => item.allowedMeterSlugs), [[], [tokens], []]);
  assert.deepEqual(listed.map((item) => item.expired), [false, false, false]);
  assert.deepEqual(listed.map((item) => item.revokedAt instanceof Date), [false, true, false]);
  const [latest] = await openmeter.portal.list({ limit: 1, subject });
  assert.equal(latest.id, newest.id);
});

test('a customer sees the own usage and nothing else', async () => {
  const customer = await portalOf(acme);

  const total = await customer.query(tokens);
  const asked = await customer.query(tokens, { subject: globex, groupBy: ['subject'] });
  const counted = await customer.query(requests);

  assert.deepEqual(lines(total), [`2025-03-09T04:30:00Z 2025-03-10T04:01:00Z 47.3 ${acme} {}`]);
  assert.deepEqual(asked, total);
  assert.deepEqual(counted.data.map((row) => row.value), [4]);
  assert.deepEqual(await (await portalOf(unique('stranger'))).query(requests), { data: [] });
});

test('a customer asks by day in the own zone', async () => {
  const customer = await portalOf(acme);
  const days = async (windowTimeZone) =>
    lines(await customer.query(tokens, { windowSize: 'DAY', windowTimeZone }));

  assert.deepEqual(await days('UTC'), [
    `2025-03-09T00:00:00Z 2025-03-10T00:00:00Z 0.3 ${acme} {}`,
    `2025-03-10T00:00:00Z 2025-03-11T00:00:00Z 47 ${acme} {}`,
  ]);
  assert.deepEqual(await days('America/New_York'), [
    `2025-03-08T05:00:00Z 2025-03-09T05:00:00Z 0.1 ${acme} {}`,
    `2025-03-09T05:00:00Z 2025-03-10T04:00:00Z 40.2 ${acme} {}`,
    `2025-03-10T04:00:00Z 2025-03-11T04:00:00Z 7 ${acme} {}`,
  ]);
  assert.deepEqual(await days('Asia/Kathmandu'), [
    `2025-03-08T18:15:00Z 2025-03-09T18:15:00Z 0.3 ${acme} {}`,
    `2025-03-09T18:15:00Z 2025-03-10T18:15:00Z 47 ${acme} {}`,
  ]);
});

test('a customer filters and groups by any characters, in raw brackets', async () => {
  const { token } = await openmeter.portal.create({ subject: acme });
  const customer = portal(token, { fetch: recorded.fetch });

  const usage = await customer.query(tokens, {
    from: '2025-03-09T01:00:00+02:00',
    to: new Date('2025-03-10T03:59:59.999Z'),
    windowSize: 'HOUR',
    windowTimeZone: 'Asia/Kathmandu',
    groupBy: ['model', 'kind'],
    filterGroupBy: { model: AWKWARD },
  });

  assert.match(recorded.answers.at(-1).url, /&groupBy=model&groupBy=kind&filterGroupBy\[model\]=/);
  const group = JSON.stringify({ model: AWKWARD, kind: 'output' });
  assert.deepEqual(lines(usage), [
    `2025-03-09T05:15:00Z 2025-03-09T06:15:00Z 0.2 ${acme} ${group}`,
  ]);
  const both = await customer.query(tokens, {
    groupBy: ['kind'],
    filterGroupBy: { model: 'gpt-4 turbo', kind: 'input' },
  });
  assert.deepEqual(sortedLines(both), [
    `2025-03-09T04:30:00Z 2025-03-10T04:01:00Z 7.1 ${acme} {"kind":"input"}`,
  ]);
});

test('an ended token is refused by the very next request, and only that one', async () => {
  const ended = await openmeter.portal.create({ subject: acme });
  const other = await portalOf(acme);
  const customer = portal(ended.token);
  assert.equal((await customer.query(requests)).data.length, 1);

  assert.equal(await openmeter.portal.invalidate({ id: ended.id }), undefined);

  const { status, title } = await refusal(customer.query(requests));
  assert.deepEqual({ status, title }, { status: 401, title: 'Unauthorized' });
  assert.equal((await other.query(requests)).data.length, 1);
  assert.match(recorded.answers.at(-1).headers.get('revocation-seq'), /^[1-9][0-9]*$/);
});

test('ending all tokens of a subject spares other subjects and later tokens', async () => {
  const subject = unique('initech');
  const before = [await portalOf(subject), await portalOf(subject)];
  const neighbour = await portalOf(acme);

  assert.equal(await openmeter.portal.invalidate({ subject }), undefined);

  for (const customer of before) {
    assert.equal((await refusal(customer.query(requests))).status, 401);
  }
  assert.deepEqual(await (await portalOf(subject)).query(requests), { data: [] });
  assert.equal((await neighbour.query(requests)).data.length, 1);
});

test('a meter outside the token is forbidden, and nobody learns whether it exists', async () => {
  const { token } = await openmeter.portal.create({ subject: acme, allowedMeterSlugs: [tokens] });
  const customer = portal(token, { fetch: recorded.fetch });
  assert.equal((await customer.query(tokens)).data.length, 1);

  const existing = await refusal(customer.query(requests));
  const challenge = recorded.answers.at(-1).headers.get('www-authenticate');
  const absent = await refusal(customer.query(unique('never_made')));

  assert.deepEqual([existing.status, existing.title], [403, 'Forbidden']);
  assert.deepEqual(absent, existing);
  assert.equal(existing.code, 'insufficient-scope');
  assert.match(challenge, /^Bearer .*error="insufficient_scope"/);
});

test('a token for every meter learns that a meter does not exist', async () => {
  const missing = await refusal((await portalOf(acme)).query(unique('never_made')));

  assert.deepEqual([missing.status, missing.code], [404, 'unknown-meter']);
});
