/** The two lists of events through the newest published SDK. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { OpenMeter } from '@openmeter/sdk';
import { apiKey, baseUrl, refusal, source, unique } from './setup.mjs';

const type = unique('stored');
const acme = unique('acme');
const openmeter = new OpenMeter({ baseUrl, apiKey });

const HOUR = 3_600_000;
const noon = Date.now() - 2 * HOUR;
const at = (millis) => new Date(noon + millis);

const sent = [
  { id: 'one', time: at(1), data: { tokens: 1, text: 'é <b>&' } },
  { id: 'two', time: at(2), data: { tokens: 'many' } },
  { id: 'three', time: at(3), data: {} },
  { id: 'four', time: at(4), data: null },
  { id: 'five', time: at(5), data: { tokens: 5 } },
].map((event) => ({ source, type, subject: acme, ...event }));

before(async () => {
  await openmeter.meters.create({
    slug: unique('stored_tokens'),
    aggregation: 'SUM',
    eventType: type,
    valueProperty: '$.tokens',
  });
  await openmeter.events.ingest(sent);
});

test('events are listed latest first, as they were sent', async () => {
  const listed = await openmeter.events.list({ subject: acme });

  assert.deepEqual(
    listed.map((item) => item.event),
    sent.toReversed().map(({ data, ...event }) => ({
      specversion: '1.0',
      ...event,
      ...(data === null ? {} : { datacontenttype: 'application/json', data }),
    })),
  );
  for (const { ingestedAt, storedAt } of listed) {
    assert.ok(ingestedAt instanceof Date && storedAt instanceof Date);
    assert.ok(ingestedAt <= storedAt);
  }
});

test('a listed event says why it adds nothing to its meter', async () => {
  const listed = await openmeter.events.list({ subject: acme });

  assert.deepEqual(listed.map((item) => [item.event.id, item.validationError]), [
    ['five', undefined],
    ['four', 'invalid event: null and missing value property'],
    ['three', 'invalid event: missing value property: "$.tokens"'],
    ['two', 'invalid event: value cannot be parsed as float64: many'],
    ['one', undefined],
  ]);
});

test('an event of a type without a meter is kept and says so', async () => {
  const subject = unique('lonely');
  const lonely = unique('no_meter');
  await openmeter.events.ingest({ source, type: lonely, subject });

  const listed = await openmeter.events.list({ subject });

  assert.deepEqual(
    listed.map((item) => item.validationError),
    [`no meter found for event type: ${lonely}`],
  );
});

test('the list is cut by time, half open, and by count', async () => {
  const ids = async (query) =>
    (await openmeter.events.list({ subject: acme, ...query })).map((item) => item.event.id);

  assert.deepEqual(await ids({ from: at(2), to: at(4) }), ['three', 'two']);
  assert.deepEqual(await ids({ from: at(2), to: at(2) }), []);
  assert.deepEqual(await ids({ limit: 2 }), ['five', 'four']);
  assert.deepEqual(await ids({ id: 'f' }), ['five', 'four']);
});

test('the second version filters every member and turns pages', async () => {
  const filter = JSON.stringify({
    type: { $eq: type },
    id: { $nin: ['three'] },
    source: { $like: 'urn:meterport:%' },
    time: { $lt: at(5).toISOString() },
  });
  const seen = [];

  let cursor;
  do {
    const page = await openmeter.events.listV2({ filter, limit: 2, ...(cursor && { cursor }) });
    assert.ok(page.items.length <= 2);
    seen.push(...page.items.map((item) => item.event.id));
    cursor = page.nextCursor;
  } while (cursor);

  assert.deepEqual(seen, ['four', 'two', 'one']);
});

test('a broken cursor, filter, limit or range is refused', async () => {
  const { events } = openmeter;
  const monthAgo = new Date(Date.now() - 33 * 24 * HOUR);

  for (const [code, call] of [
    ['invalid-cursor', () => events.listV2({ cursor: 'nonsense' })],
    ['invalid-json', () => events.listV2({ filter: '{"type":' })],
    ['invalid-filter', () => events.listV2({ filter: '{"type":{"$eq":"a","$ne":"b"}}' })],
    ['invalid-parameter', () => events.list({ limit: 101 })],
    ['invalid-range', () => events.list({ from: at(2), to: at(1) })],
    ['invalid-range', () => events.list({ from: monthAgo })],
  ]) {
    const refused = await refusal(call());
    assert.deepEqual([refused.status, refused.code], [400, code], call.toString());
  }
});
