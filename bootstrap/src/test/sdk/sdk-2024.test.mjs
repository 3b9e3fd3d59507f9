/** The surface of May 2024 through the SDK that was published then (1.0.0-beta.47). */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { MeterAggregation, OpenMeter, WindowSize } from 'sdk-2024';
import {
  apiKey, AWKWARD, baseUrl, lines, prompts, sortedLines, source, ULID, unique,
} from './setup.mjs';

const type = unique('prompt');
const acme = unique('acme');
const globex = unique('globex');
const tokens = unique('tokens_total');
const openmeter = new OpenMeter({ baseUrl, token: apiKey });

/** This SDK cannot create meters: they came from the server's configuration in 2024. */
async function createMeter(definition) {
  const answer = await fetch(`${baseUrl}/api/v1/meters`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(definition),
  });
  assert.equal(answer.status, 200);
  return answer.json();
}

/** This SDK has no portal client: browsers asked with the web package or by hand. */
async function portalQuery(token, slug) {
  const answer = await fetch(`${baseUrl}/api/v1/portal/meters/${slug}/query`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: await answer.json() };
}

async function refusal(call) {
  const error = await call.then(
    () => assert.fail('the call was not refused'),
    (thrown) => thrown,
  );
  assert.equal(error.name, 'HttpError', `not an HttpError: ${error}`);
  assert.equal(error.message, 'about:blank');
  assert.equal(error.problem.status, error.statusCode);
  return error;
}

let created;

before(async () => {
  created = await createMeter({
    slug: tokens,
    aggregation: MeterAggregation.SUM,
    eventType: type,
    valueProperty: '$.tokens',
    groupBy: { model: '$.model', kind: '$.kind' },
  });
  const [first, ...others] = prompts(type, acme, globex);
  assert.equal(await openmeter.events.ingest(first), undefined);
  assert.equal(await openmeter.events.ingest(others), undefined);
});

test('events are listed with their times as text', async () => {
  const subject = unique('listed');
  const time = new Date(Date.now() - 60_000);
  const data = { tokens: 1 };
  await openmeter.events.ingest({ id: 'one', source, type, subject, time, data });

  const listed = await openmeter.events.list({ limit: 100 });

  const own = listed.filter((item) => item.event.subject === subject);
  assert.equal(own.length, 1);
  const { time: listedTime, ...event } = own[0].event;
  assert.equal(Date.parse(listedTime), time.getTime());
  assert.deepEqual(event, {
    specversion: '1.0',
    id: 'one',
    source,
    type,
    subject,
    datacontenttype: 'application/json',
    data,
  });
});

test('an event without a time is taken at its arrival', async () => {
  const subject = unique('timeless');
  await openmeter.events.ingest({ source, type, subject, data: { tokens: 3 } });

  const usage = await openmeter.meters.query(tokens, { subject: [subject] });

  assert.deepEqual(usage.data.map((row) => row.value), [3]);
});

test('meters are listed and found', async () => {
  const settled = ({ building, ...meter }) => meter;

  const found = await openmeter.meters.get(tokens);
  const own = (await openmeter.meters.list()).filter((meter) => meter.eventType === type);

  assert.equal(found.slug, tokens);
  assert.deepEqual(settled(found), settled(created));
  assert.deepEqual(own.map(settled), [settled(created)]);
});

test('usage is asked with repeated subjects and dimensions, and times as text', async () => {
  const usage = await openmeter.meters.query(tokens, {
    subject: [acme, globex],
    from: new Date('2025-03-09T05:00:00Z'),
    to: new Date('2025-03-10T04:00:00Z'),
    windowSize: WindowSize.DAY,
    windowTimeZone: 'America/New_York',
    groupBy: ['model', 'kind'],
  });

  assert.equal(usage.from, '2025-03-09T05:00:00Z');
  assert.equal(usage.to, '2025-03-10T04:00:00Z');
  assert.equal(usage.windowSize, 'DAY');
  assert.ok(usage.data.every((row) => row.windowStart === '2025-03-09T00:00:00-05:00'));
  assert.ok(usage.data.every((row) => row.windowEnd === '2025-03-10T00:00:00-04:00'));
  const group = (model, kind) => JSON.stringify({ model, kind });
  assert.deepEqual(sortedLines(usage), [
    `2025-03-09T05:00:00Z 2025-03-10T04:00:00Z 0.2 ${acme} ${group(AWKWARD, 'output')}`,
    `2025-03-09T05:00:00Z 2025-03-10T04:00:00Z 1000 ${globex} ${group('gpt-4 turbo', 'output')}`,
    `2025-03-09T05:00:00Z 2025-03-10T04:00:00Z 40 ${acme} ${group(AWKWARD, 'input')}`,
  ].sort());
  const hours = await openmeter.meters.query(tokens, {
    subject: [acme],
    to: new Date('2025-03-09T06:00:00Z'),
    windowSize: WindowSize.HOUR,
  });
  assert.deepEqual(lines(hours), [
    `2025-03-09T04:00:00Z 2025-03-09T05:00:00Z 0.1 ${acme} {}`,
    `2025-03-09T05:00:00Z 2025-03-09T06:00:00Z 0.2 ${acme} {}`,
  ]);
});

test('dimensions may be joined by a comma, as still older betas send them', async () => {
  const usage = await openmeter.meters.query(tokens, {
    subject: [acme, globex],
    groupBy: 'kind,subject',
  });

  assert.deepEqual(
    usage.data.map((row) => [row.subject, row.groupBy.kind, row.value]).sort(),
    [
      [acme, 'input', 47.1],
      [acme, 'output', 0.2],
      [globex, 'output', 1000],
    ],
  );
});

test('the subjects of a meter are listed', async () => {
  const own = [unique('first'), unique('second')];
  for (const subject of own) {
    await openmeter.events.ingest({ source, type, subject });
  }

  const subjects = await openmeter.meters.subjects(tokens);

  assert.deepEqual(subjects, [...subjects].sort());
  assert.deepEqual(subjects.filter((subject) => own.includes(subject)), own);
});

test('a token is created, works, and is ended with its subject', async () => {
  const expiresAt = new Date(Date.now() + 3_600_000);

  const token = await openmeter.portal.createToken({
    subject: acme,
    expiresAt,
    allowedMeterSlugs: [tokens],
  });

  assert.match(token.id, ULID);
  assert.equal(token.subject, acme);
  assert.equal(Date.parse(token.expiresAt), expiresAt.getTime());
  assert.deepEqual(token.allowedMeterSlugs, [tokens]);
  const usage = await portalQuery(token.token, tokens);
  assert.equal(usage.status, 200);
  assert.deepEqual(usage.body.data.map((row) => [row.subject, row.value]), [[acme, 47.3]]);

  assert.equal(await openmeter.portal.invalidateTokens({ subject: acme }), undefined);
  assert.equal((await portalQuery(token.token, tokens)).status, 401);
});

test('ending tokens without saying whose is refused', async () => {
  const error = await refusal(openmeter.portal.invalidateTokens());

  assert.equal(error.statusCode, 400);
});

test('subjects are registered, found, listed and deleted', async () => {
  const key = unique('registered');
  const [subject] = await openmeter.subjects.upsert([
    { key, displayName: 'Registered', metadata: { a: 1 } },
  ]);

  assert.equal(subject.displayName, 'Registered');
  assert.deepEqual(subject.metadata, { a: 1 });
  assert.deepEqual(await openmeter.subjects.get(key), subject);
  const listed = await openmeter.subjects.list();
  assert.deepEqual(listed.filter((item) => item.key === key), [subject]);
  assert.equal(await openmeter.subjects.delete(key), undefined);
  assert.equal((await refusal(openmeter.subjects.get(key))).statusCode, 404);
});

test('refusals are read as problems', async () => {
  const stranger = new OpenMeter({ baseUrl, token: 'om_sk_nonsense' });
  const basic = new OpenMeter({ baseUrl, username: 'somebody', password: 'secret' });

  const missing = await refusal(openmeter.meters.get(unique('never_made')));
  const reversed = await refusal(
    openmeter.meters.query(tokens, { from: new Date(2), to: new Date(1) }),
  );

  assert.deepEqual([missing.statusCode, missing.problem.title], [404, 'Not Found']);
  assert.deepEqual([reversed.statusCode, reversed.problem.title], [400, 'Bad Request']);
  assert.equal((await refusal(stranger.meters.list())).statusCode, 401);
  assert.equal((await refusal(basic.meters.list())).statusCode, 401);
});
