/** Events, meters, usage and subjects through the newest published SDK. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { OpenMeter } from '@openmeter/sdk';
import {
  apiKey, AWKWARD, baseUrl, lines, prompts, recordingFetch, refusal, sortedLines, source, ULID,
  unique,
} from './setup.mjs';

const type = unique('prompt');
const acme = unique('acme');
const globex = unique('globex');
const tokens = unique('tokens_total');
const recorded = recordingFetch();
const openmeter = new OpenMeter({ baseUrl, apiKey, fetch: recorded.fetch });

const dimensions = { model: '$.model', kind: '$.kind' };
const march = { from: new Date('2025-03-01T00:00:00Z'), to: new Date('2025-04-01T00:00:00Z') };

/** The meter without the progress that it shows while its history is still worked up. */
function settled({ building, ...meter }) {
  return meter;
}

before(async () => {
  await openmeter.meters.create({
    slug: tokens,
    aggregation: 'SUM',
    eventType: type,
    valueProperty: '$.tokens',
    groupBy: dimensions,
  });
  const [first, ...others] = prompts(type, acme, globex);
  await openmeter.events.ingest(first);
  await openmeter.events.ingest(others);
});

test('one event and a batch are accepted with 204 and no value', async () => {
  const event = { source, type: unique('other'), subject: acme, data: {} };

  const single = await openmeter.events.ingest(event);
  const batch = await openmeter.events.ingest([event, event]);

  assert.equal(single, undefined);
  assert.equal(batch, undefined);
  assert.equal(recorded.answers.at(-1).status, 204);
});

test('an event sent again is accepted and not counted again', async () => {
  const slug = unique('sent_again');
  const eventType = unique('again');
  await openmeter.meters.create({ slug, eventType, aggregation: 'COUNT' });
  const event = { id: 'only', source, type: eventType, subject: acme };

  await openmeter.events.ingest(event);
  await openmeter.events.ingest([event, event]);

  const usage = await openmeter.meters.query(slug);
  assert.deepEqual(usage.data.map((row) => row.value), [1]);
});

test('a meter is created, found by slug and id, listed, changed and deleted', async () => {
  const slug = unique('a_meter');
  const definition = {
    slug,
    name: 'A meter',
    description: 'Counts tokens.',
    aggregation: 'SUM',
    eventType: type,
    valueProperty: '$.tokens',
    groupBy: { kind: '$.kind' },
    metadata: { team: 'blue' },
  };

  const created = settled(await openmeter.meters.create(definition));
  assert.match(created.id, ULID);
  assert.ok(created.createdAt instanceof Date);
  assert.deepEqual(created, {
    ...definition,
    id: created.id,
    annotations: null,
    createdAt: created.createdAt,
    updatedAt: created.createdAt,
  });
  assert.deepEqual(settled(await openmeter.meters.get(slug)), created);
  assert.deepEqual(settled(await openmeter.meters.get(created.id)), created);

  const listed = await openmeter.meters.list();
  const own = listed.filter((meter) => meter.eventType === type).map((meter) => meter.slug);
  assert.deepEqual(own, [slug, tokens]);

  const changed = settled(await openmeter.meters.update(slug, { groupBy: dimensions }));
  assert.ok(changed.updatedAt >= created.updatedAt);
  assert.deepEqual(changed, {
    ...created,
    name: slug,
    groupBy: dimensions,
    metadata: null,
    updatedAt: changed.updatedAt,
  });

  assert.equal(await openmeter.meters.delete(created.id), undefined);
  assert.equal((await refusal(openmeter.meters.get(slug))).status, 404);
  const deleted = await openmeter.meters.get(created.id);
  assert.ok(deleted.deletedAt instanceof Date);
  assert.equal(await openmeter.meters.delete(created.id), undefined);
  assert.equal((await refusal(openmeter.meters.delete(slug))).status, 404);
});

test('a total has the bounds of its events, or of the question', async () => {
  const open = await openmeter.meters.query(tokens);
  assert.deepEqual(Object.keys(open), ['data']);
  assert.deepEqual(lines(open), ['2025-03-09T04:30:00Z 2025-03-10T04:01:00Z 1047.3  {}']);
  assert.equal(open.data[0].subject, null);

  const bounded = await openmeter.meters.query(tokens, { ...march });
  assert.deepEqual(bounded.from, march.from);
  assert.deepEqual(bounded.to, march.to);
  assert.deepEqual(lines(bounded), ['2025-03-01T00:00:00Z 2025-04-01T00:00:00Z 1047.3  {}']);
});

test('days follow the clocks of the zone, and 0.1 and 0.2 make 0.3', async () => {
  const query = { ...march, windowSize: 'DAY', windowTimeZone: 'America/New_York' };

  const usage = await openmeter.meters.query(tokens, { ...query, subject: [acme, globex] });

  assert.equal(usage.windowSize, 'DAY');
  assert.deepEqual(sortedLines(usage), [
    `2025-03-08T05:00:00Z 2025-03-09T05:00:00Z 0.1 ${acme} {}`,
    `2025-03-09T05:00:00Z 2025-03-10T04:00:00Z 1000 ${globex} {}`,
    `2025-03-09T05:00:00Z 2025-03-10T04:00:00Z 40.2 ${acme} {}`,
    `2025-03-10T04:00:00Z 2025-03-11T04:00:00Z 7 ${acme} {}`,
  ]);
  const month = await openmeter.meters.query(tokens, {
    windowSize: 'MONTH',
    windowTimeZone: 'America/New_York',
    subject: [acme],
    to: new Date('2025-03-09T06:00:00Z'),
  });
  assert.deepEqual(lines(month), [`2025-03-01T05:00:00Z 2025-04-01T04:00:00Z 0.3 ${acme} {}`]);
});

test('usage is filtered and grouped by dimensions, whatever characters they hold', async () => {
  const filtered = await openmeter.meters.query(tokens, {
    filterGroupBy: { model: AWKWARD, kind: 'output' },
    groupBy: ['model', 'kind', 'subject'],
  });
  assert.equal(filtered.data.length, 1);
  const { value, subject, groupBy } = filtered.data[0];
  assert.deepEqual({ value, subject, groupBy }, {
    value: 0.2,
    subject: acme,
    groupBy: { model: AWKWARD, kind: 'output' },
  });

  const bracketed = await openmeter.meters.query(tokens, {
    ...march,
    filterGroupBy: { model: 'gpt-4 turbo' },
  });
  assert.deepEqual(bracketed.data.map((row) => row.value), [1007.1]);
  assert.match(recorded.answers.at(-1).url, /[?&]filterGroupBy\[model\]=gpt-4%20turbo$/);
});

test('a question can be posted, with several values for one dimension', async () => {
  assert.deepEqual(lines(await openmeter.meters.queryPost(tokens, {})), [
    '2025-03-09T04:30:00Z 2025-03-10T04:01:00Z 1047.3  {}',
  ]);

  const usage = await openmeter.meters.queryPost(tokens, {
    ...march,
    windowSize: 'MONTH',
    windowTimeZone: 'UTC',
    subject: [acme, globex],
    filterGroupBy: { model: [AWKWARD, 'gpt-4 turbo'], kind: ['output'] },
    groupBy: ['kind'],
  });

  assert.deepEqual(sortedLines(usage), [
    `2025-03-01T00:00:00Z 2025-04-01T00:00:00Z 0.2 ${acme} {"kind":"output"}`,
    `2025-03-01T00:00:00Z 2025-04-01T00:00:00Z 1000 ${globex} {"kind":"output"}`,
  ]);
});

test('advanced filters are honoured when a question is posted', async () => {
  const total = async (filters) => {
    const usage = await openmeter.meters.queryPost(tokens, {
      ...march,
      advancedMeterGroupByFilters: filters,
    });
    return usage.data.map((row) => row.value);
  };

  assert.deepEqual(await total({ model: { $eq: AWKWARD } }), [40.2]);
  assert.deepEqual(await total({ model: { $ne: AWKWARD } }), [1007.1]);
  assert.deepEqual(await total({ model: { $in: [AWKWARD] }, kind: { $eq: 'input' } }), [40]);
  assert.deepEqual(await total({ model: { $nin: [AWKWARD, 'gpt-4 turbo'] } }), []);
  assert.deepEqual(await total({ model: { $like: 'gpt-4%' } }), [1007.1]);
  assert.deepEqual(await total({ model: { $nlike: 'gpt-_ turbo' } }), [40.2]);
  assert.deepEqual(await total({ model: { $ilike: 'GPT%TURBO' } }), [1007.1]);
  assert.deepEqual(await total({ model: { $nilike: 'GPT%' } }), [40.2]);
  assert.deepEqual(await total({ model: { $gt: 'b' } }), [1007.1]);
  assert.deepEqual(await total({ kind: { $lte: 'input' } }), [47.1]);
  assert.deepEqual(
    await total({ kind: { $and: [{ $gte: 'input' }, { $lt: 'output' }] } }),
    [47.1],
  );
  assert.deepEqual(
    await total({ model: { $or: [{ $eq: AWKWARD }, { $like: '%turbo' }] } }),
    [1047.3],
  );
});

test('a long question by GET may hold the advanced filters as text', async () => {
  const usage = await openmeter.meters.query(tokens, {
    ...march,
    advancedMeterGroupByFilters: JSON.stringify({ model: { $in: [AWKWARD] } }),
  });

  assert.deepEqual(usage.data.map((row) => row.value), [40.2]);
});

test('each aggregation answers its own number', async () => {
  const expected = {
    COUNT: 4,
    SUM: 47.3,
    AVG: 11.825,
    MIN: 0.1,
    MAX: 40,
    LATEST: 7,
    UNIQUE_COUNT: 4,
  };

  for (const [aggregation, value] of Object.entries(expected)) {
    const slug = unique(`tokens_${aggregation.toLowerCase()}`);
    await openmeter.meters.create({
      slug,
      aggregation,
      eventType: type,
      ...(aggregation === 'COUNT' ? {} : { valueProperty: '$.tokens' }),
    });
    const usage = await openmeter.meters.query(slug, { ...march, subject: [acme] });
    assert.deepEqual(usage.data.map((row) => row.value), [value], aggregation);
    await openmeter.meters.delete(slug);
  }
});

test('the same question is answered as CSV when asked', async () => {
  const csv = await openmeter.meters.query(
    tokens,
    { ...march, subject: [acme], groupBy: ['kind'], windowSize: 'MONTH' },
    { headers: { Accept: 'text/csv' }, parseAs: 'text' },
  );

  const [header, ...rows] = csv.trimEnd().split('\n');
  assert.equal(header, 'window_start,window_end,subject,kind,value');
  assert.deepEqual(rows.sort(), [
    `2025-03-01T00:00:00Z,2025-04-01T00:00:00Z,${acme},input,47.1`,
    `2025-03-01T00:00:00Z,2025-04-01T00:00:00Z,${acme},output,0.2`,
  ]);
  assert.equal(recorded.answers.at(-1).headers.get('content-type'), 'text/csv');
});

test('the values of a dimension are listed in order', async () => {
  const eventType = unique('recent');
  const slug = unique('recent_values');
  await openmeter.meters.create({ slug, eventType, aggregation: 'COUNT', groupBy: dimensions });
  await openmeter.events.ingest([
    { source, type: eventType, subject: acme, data: { kind: 'output' } },
    { source, type: eventType, subject: globex, data: { kind: 'input' } },
    { source, type: eventType, subject: acme, data: { kind: 'output' } },
    { source, type: eventType, subject: acme, data: {} },
  ]);

  const values = await openmeter.meters.listGroupByValues(slug, 'kind');

  assert.deepEqual(values, ['', 'input', 'output']);
  const earlier = await openmeter.meters.listGroupByValues(slug, 'kind', {
    from: new Date(Date.now() - 3 * 86_400_000),
    to: new Date(Date.now() - 2 * 86_400_000),
  });
  assert.deepEqual(earlier, []);
});

test('subjects are registered, changed, found, listed and deleted', async () => {
  const metadata = { plan: 'pro', seats: 3, nested: { a: [true, null] } };
  const [first] = await openmeter.subjects.upsert({ key: acme, displayName: 'Acme', metadata });
  assert.match(first.id, ULID);
  assert.deepEqual(first, {
    id: first.id,
    key: acme,
    displayName: 'Acme',
    metadata,
    createdAt: first.createdAt,
    updatedAt: first.updatedAt,
  });

  const both = await openmeter.subjects.upsert([
    { key: globex, displayName: 'Globex' },
    { key: acme, displayName: null },
  ]);
  assert.deepEqual(both.map((subject) => subject.key), [globex, acme]);
  assert.equal(both[1].id, first.id);
  assert.equal(both[1].displayName ?? null, null);
  assert.deepEqual(both[1].metadata, metadata);

  assert.deepEqual(await openmeter.subjects.get(acme), both[1]);
  assert.deepEqual(await openmeter.subjects.get(first.id), both[1]);
  const keys = (await openmeter.subjects.list()).map((subject) => subject.key);
  assert.deepEqual(keys.filter((key) => key === acme || key === globex), [acme, globex]);

  assert.equal(await openmeter.subjects.delete(acme), undefined);
  assert.equal((await refusal(openmeter.subjects.get(acme))).status, 404);
  assert.ok((await openmeter.subjects.get(first.id)).deletedAt instanceof Date);
  const usage = await openmeter.meters.query(tokens, { ...march, subject: [acme] });
  assert.deepEqual(usage.data.map((row) => row.value), [47.3]);
});
