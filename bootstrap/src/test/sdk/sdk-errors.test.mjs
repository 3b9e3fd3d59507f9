/** What the newest published SDK throws when the server refuses. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { OpenMeter } from '@openmeter/sdk';
import { OpenMeter as Portal } from '@openmeter/sdk/portal';
import { apiKey, baseUrl, recordingFetch, refusal, source, unique } from './setup.mjs';

const type = unique('prompt');
const acme = unique('acme');
const tokens = unique('tokens_total');
const recorded = recordingFetch();
const openmeter = new OpenMeter({ baseUrl, apiKey, fetch: recorded.fetch });

const meter = {
  slug: tokens,
  aggregation: 'SUM',
  eventType: type,
  valueProperty: '$.tokens',
  groupBy: { model: '$.model' },
};
const instant = new Date('2025-03-09T00:00:00Z');

before(() => openmeter.meters.create(meter));

/** Each pair: the code of the refusal, and a call that must end in it. */
const badRequests = [
  ['invalid-range', () => query({ from: instant, to: instant })],
  ['invalid-range', () => query({ from: instant, to: new Date(0) })],
  ['invalid-parameter', () => query({ from: '2025-03-09' })],
  ['invalid-parameter', () => query({ windowSize: 'WEEK' })],
  ['invalid-time-zone', () => query({ windowTimeZone: 'Mars/Olympus' })],
  ['unknown-dimension', () => query({ groupBy: ['kind'] })],
  ['unknown-dimension', () => query({ filterGroupBy: { kind: 'a' } })],
  ['customers-not-supported', () => query({ filterCustomerId: ['c1'] })],
  [
    'invalid-filter',
    () => post({ advancedMeterGroupByFilters: { model: { $eq: 'a', $ne: 'b' } } }),
  ],
  [
    'conflicting-parameters',
    () => post({
      filterGroupBy: { model: ['a'] },
      advancedMeterGroupByFilters: { model: { $eq: 'a' } },
    }),
  ],
  ['invalid-slug', () => create({ slug: 'Not-A-Slug' })],
  ['invalid-meter', () => create({ valueProperty: undefined })],
  ['invalid-meter', () => create({ aggregation: 'COUNT' })],
  ['invalid-dimension', () => create({ groupBy: { subject: '$.subject' } })],
  ['invalid-subject', () => openmeter.portal.create({ subject: '' })],
  ['invalid-token', () => openmeter.portal.create({ subject: acme, allowedMeterSlugs: [] })],
  ['invalid-body', () => openmeter.portal.create({ subject: acme, expiresAt: new Date(0) })],
  ['invalid-parameter', () => openmeter.portal.list({ limit: 101 })],
  ['invalid-body', () => openmeter.portal.invalidate({})],
  ['invalid-event', () => ingest({ data: 'text' })],
  ['event-too-old', () => ingest({ time: new Date(0) })],
];

const query = (question) => openmeter.meters.query(tokens, question);
const post = (question) => openmeter.meters.queryPost(tokens, question);
const create = (changes) => openmeter.meters.create({ ...meter, slug: unique('x'), ...changes });
const ingest = (changes) => openmeter.events.ingest({ source, type, subject: acme, ...changes });

for (const [code, call] of badRequests) {
  const text = call.toString().replaceAll(/\s+/g, ' ');
  test(`a bad request with code ${code}: ${text}`, async () => {
    const refused = await refusal(call());

    assert.deepEqual([refused.status, refused.title], [400, 'Bad Request']);
    assert.equal(refused.code, code, refused.detail);
    assert.ok(refused.detail.length > 10, refused.detail);
  });
}

test('a bad event refuses its whole batch and is named', async () => {
  const eventType = unique('refused');
  const slug = unique('refused_events');
  await openmeter.meters.create({ slug, eventType, aggregation: 'COUNT' });
  const good = { source, type: eventType, subject: acme };

  const { status, detail } = await refusal(
    openmeter.events.ingest([good, good, { ...good, subject: '' }]),
  );

  assert.equal(status, 400);
  assert.match(detail, /\b2\b.*subject/);
  const usage = await openmeter.meters.query(slug);
  assert.deepEqual(usage.data.map((row) => row.value), [0]);
});

test('a customer without a live token hears the same, whatever is wrong', async () => {
  const { id, token } = await openmeter.portal.create({ subject: acme });
  await openmeter.portal.invalidate({ id });
  const forged = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;

  const refusals = [];
  for (const portalToken of [token, forged, 'nonsense', apiKey]) {
    const customer = new Portal({ baseUrl, portalToken, fetch: recorded.fetch });
    refusals.push(await refusal(customer.query(tokens)));
    assert.match(recorded.answers.at(-1).headers.get('www-authenticate'), /^Bearer/);
  }

  const { detail, ...rest } = refusals[0];
  assert.deepEqual(rest, { status: 401, title: 'Unauthorized', code: 'unauthenticated' });
  assert.ok(detail.length > 10, detail);
  assert.deepEqual(new Set(refusals.map((refused) => refused.detail)), new Set([detail]));
});

test('a backend without a live key is refused', async () => {
  const { token } = await openmeter.portal.create({ subject: acme });

  for (const key of [undefined, 'nonsense', `${apiKey}0`, token]) {
    const stranger = new OpenMeter({ baseUrl, apiKey: key, fetch: recorded.fetch });
    const { status, code } = await refusal(stranger.meters.list());
    assert.deepEqual({ status, code }, { status: 401, code: 'unauthenticated' });
    assert.match(recorded.answers.at(-1).headers.get('www-authenticate'), /^Bearer/);
  }
});

test('a key does what its scopes say, until it is revoked', async () => {
  const keys = `${baseUrl}/api/v1/keys`;
  const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'a sender', scopes: ['ingest'] });
  const { id, key } = await (await fetch(keys, { method: 'POST', headers, body })).json();
  const sender = new OpenMeter({ baseUrl, apiKey: key });
  const event = { source, type: unique('sent'), subject: acme };

  assert.equal(await sender.events.ingest(event), undefined);
  const { status, title, code } = await refusal(sender.meters.list());
  assert.deepEqual([status, title, code], [403, 'Forbidden', 'insufficient-scope']);

  const revoked = await fetch(`${keys}/${id}`, { method: 'DELETE', headers });
  assert.equal(revoked.status, 204);
  assert.equal((await refusal(sender.events.ingest(event))).status, 401);
});

test('a live portal token opens nothing but the portal', async () => {
  const { token } = await openmeter.portal.create({ subject: acme });
  const impostor = new OpenMeter({ baseUrl, apiKey: token });

  for (const ask of [
    () => impostor.meters.query(tokens),
    () => impostor.events.list(),
    () => impostor.portal.create({ subject: acme }),
    () => impostor.portal.list(),
    () => impostor.portal.invalidate({ subject: acme }),
  ]) {
    assert.equal((await refusal(ask())).status, 401);
  }
});

test('what does not exist is not found', async () => {
  const absent = unique('never_made');
  for (const [code, call] of [
    ['unknown-meter', () => openmeter.meters.get(absent)],
    ['unknown-meter', () => openmeter.meters.update(absent, {})],
    ['unknown-meter', () => openmeter.meters.delete(absent)],
    ['unknown-meter', () => openmeter.meters.query(absent)],
    ['unknown-subject', () => openmeter.subjects.get(absent)],
    ['unknown-subject', () => openmeter.subjects.delete(absent)],
    [
      'unknown-meter',
      () => openmeter.portal.create({ subject: acme, allowedMeterSlugs: [tokens, absent] }),
    ],
  ]) {
    const refused = await refusal(call());
    assert.deepEqual([refused.status, refused.title], [404, 'Not Found']);
    assert.equal(refused.code, code);
  }
});

test('a slug that is taken is a conflict', async () => {
  const { status, title, code } = await refusal(openmeter.meters.create(meter));

  assert.deepEqual([status, title, code], [409, 'Conflict', 'meter-exists']);
});

test('answers have exactly the media types that clients compare with', async () => {
  await openmeter.meters.list();
  assert.equal(recorded.answers.at(-1).headers.get('content-type'), 'application/json');

  await refusal(openmeter.meters.get(unique('never_made')));
  assert.equal(recorded.answers.at(-1).headers.get('content-type'), 'application/problem+json');
});
