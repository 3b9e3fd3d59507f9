/**
 * Asks every operation of docs/openapi.yaml right, at its bounds and wrong, and holds each answer against
 * the document: its status, content type, headers and every member, and that nothing takes longer than a
 * question may. What fails is made small before it is shown, and comes again with the same seed.
 *
 *   METERPORT_URL=… METERPORT_API_KEY=… node fuzz/run.mjs [--requests 3000] [--seed 1]
 */
import { Agent, request as send } from 'node:http';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { Contract } from './contract.mjs';
import { Samples, hostile } from './samples.mjs';

const MOST_MILLIS = 5_000;
/** These count or copy everything that is stored: the document says that they take their time. */
const LONG = new Set(['verify', 'makeBackup']);
const { values: options } = parseArgs({
  options: { requests: { type: 'string', default: '3000' }, seed: { type: 'string', default: '1' } },
});
const base = new URL(process.env.METERPORT_URL);
const admin = process.env.METERPORT_API_KEY;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const contract = new Contract(new URL('../../../../../docs/openapi.yaml', import.meta.url));
const seen = new Map();

/** One request and its whole answer; of a stream only the head. */
function ask({ method, path, headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const sent = send(
      { agent, host: base.hostname, port: base.port, method, path, headers, timeout: 30_000 },
      (answer) => {
        const done = (text) => resolve({
          status: answer.statusCode, headers: answer.headers, body: text, millis: performance.now() - begin,
        });
        if ((answer.headers['content-type'] ?? '').startsWith('text/event-stream')) {
          answer.destroy();
          done('stream');
          return;
        }
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done(Buffer.concat(parts).toString('utf8')));
        answer.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', (why) => reject(new Error(`${method} ${path}: no answer`, { cause: why })));
    sent.end(body);
  });
}

async function json(method, path, value) {
  const answer = await ask({
    method, path,
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: value === undefined ? undefined : JSON.stringify(value),
  });
  if (answer.status >= 300) {
    throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
  }
  return answer.body === '' ? undefined : JSON.parse(answer.body);
}

/** Meters, events, keys of each scope, and what is needed to make tokens again when they have been revoked. */
async function prepare() {
  const own = [
    { slug: 'fuzz_sum', aggregation: 'SUM', eventType: 'fuzz', valueProperty: '$.n', groupBy: { model: '$.model', user: '$.user' } },
    { slug: 'fuzz_users', aggregation: 'UNIQUE_COUNT', eventType: 'fuzz', valueProperty: '$.user', groupBy: { model: '$.model' } },
    { slug: 'fuzz_spare', aggregation: 'COUNT', eventType: 'spare' },
    { slug: 'fuzz_count', aggregation: 'COUNT', eventType: 'fuzz' },
  ];
  for (const meter of own) {
    await json('POST', '/api/v1/meters', meter);
  }
  await json('POST', '/api/v1/events', Array.from({ length: 300 }, (_, i) => ({
    specversion: '1.0', id: `f${i}`, source: 'fuzz', type: 'fuzz', subject: `cust-${i % 3}`,
    time: new Date(Date.UTC(2026, 10, 20, i % 24, i % 60)).toISOString(),
    data: { n: i / 7, model: `m${i % 4}`, user: `u${i % 11}` },
  })));
  await json('POST', '/api/v1/subjects', ['cust-1', 'spare'].map((key) => ({ key, displayName: `${key} & Sons` })));
  const keys = [admin];
  for (const scope of ['ingest', 'query', 'meters', 'portal:create', 'portal:revoke']) {
    keys.push((await json('POST', '/api/v1/keys', { scopes: [scope] })).key);
  }
  return keys;
}

const tokens = [];
async function mint() {
  const wishes = [
    { subject: 'cust-1', events: true },
    { subject: 'cust-1', allowedMeterSlugs: ['fuzz_sum'], filters: { fuzz_sum: { model: ['m1', 'm2'] } }, events: true },
    { subject: 'cust-2', hiddenDimensions: { fuzz_sum: ['user'] }, longestRange: 'P31D', smallestWindow: 'HOUR' },
  ];
  tokens.length = 0;
  for (const wish of wishes) {
    tokens.push((await json('POST', '/api/v1/portal/tokens', wish)).token);
  }
}

const count = fc.nat({ max: 100_000 });
/** Bodies whose members have to fit each other, which no schema says. */
const RIGHT = {
  queryMeterPost: [fc.constant({ windowSize: 'HOUR', subject: ['cust-1'] }), fc.constant({})],
  createMeter: [count.map((n) => ({ slug: `fuzz_none_${n}`, aggregation: 'SUM', eventType: `t${n}`, valueProperty: '$.n' }))],
  ingestEvents: [count.map((n) => ({ specversion: '1.0', id: `x${n}`, source: 'fuzz', type: 'fuzz', subject: 'cust-1', data: { n, model: 'm1' } }))],
  queryPortalPagePost: [fc.constant({ windowSize: 'DAY', meters: [{ meter: 'fuzz_sum', groupBy: ['model'], compare: 'previous' }] })],
  queryUsagePage: [fc.constant({ subjects: ['cust-1'], meters: [{ meter: 'fuzz_sum', cumulative: true, fill: true }] })],
  createPortalToken: [fc.constant({ subject: 'cust-1', session: 's', timeZone: 'Europe/Berlin' })],
  invalidatePortalTokens: [fc.constant({ subject: 'nobody' })],
  createApiKey: [fc.constant({ scopes: ['query'] })],
};
/** What takes something away is mostly tried on what is not there, and need not ever find anything. */
const TAKES_AWAY = /^(revoke|delete|erase|update)/;
const NOBODYS = ['fuzz_spare', 'spare', 'fuzz_none', 'nobody', '01KAQ3W8ZC5V7N2M4T6R9X1YHB'];
const MEDIA = ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json', 'text/plain', 'application/json; charset=utf-8', ''];
const ACCEPT = ['application/json', 'text/csv', '*/*', 'text/event-stream', 'garbage', ''];

/** The requests of one operation. */
function requests(operation, samples, keys) {
  const given = (parameter) => parameter.schema ?? parameter.content['application/json'].schema;
  const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
  const pathParts = operation.parameters.filter((p) => p.in === 'path').map((p) =>
    fc.tuple(fc.constant(p.name), fc.oneof(
      { weight: 5, arbitrary: samples.right(given(p), p.sample ?? p.name, 0).map(text) },
      { weight: 1, arbitrary: hostile },
    )));
  const queryParts = operation.parameters.filter((p) => p.in === 'query').map((p) =>
    fc.tuple(fc.constant(p), fc.oneof(
      { weight: p.required ? 0 : 12, arbitrary: fc.constant(undefined) },
      { weight: 12, arbitrary: samples.right(given(p), p.name, 0) },
      { weight: 2, arbitrary: samples.mostlyRight(given(p), p.name) },
      { weight: 1, arbitrary: hostile },
    )));
  const content = operation.node.requestBody?.content ?? {};
  const bodies = Object.values(content).flatMap((each) => [
    samples.mostlyRight(each.schema ?? {}, '').map(text),
    ...(RIGHT[operation.id] ? [fc.oneof(...RIGHT[operation.id]).map(text)] : []),
  ]);
  const credentials = fc.oneof(
    { weight: 12, arbitrary: fc.constant(operation.credential) },
    { weight: 1, arbitrary: fc.constantFrom('token', 'key', 'none', 'x', 'om_portal_x', 'om_sk_', 'Bearer Bearer') },
  );
  return fc.record({
    path: fc.tuple(...pathParts),
    query: fc.tuple(...queryParts),
    more: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: hostile }),
    body: bodies.length === 0 ? fc.constant(undefined) : fc.oneof(
      { weight: 12, arbitrary: fc.oneof(...bodies) }, { weight: 1, arbitrary: hostile }),
    type: fc.oneof({ weight: 9, arbitrary: fc.constant(Object.keys(content)[0]) }, { weight: 1, arbitrary: fc.constantFrom(...MEDIA) }),
    accept: fc.oneof({ weight: 3, arbitrary: fc.constant('application/json') }, { weight: 1, arbitrary: fc.constantFrom(...ACCEPT) }),
    match: fc.constantFrom(undefined, undefined, '*', 'W/"x"', '"', 'garbage'),
    credential: credentials,
    which: fc.nat({ max: 30 }),
  }).map((parts) => shaped(operation, parts, keys, text));
}

/** A part of a URL; lone halves of characters cannot be written there. */
const encoded = (text) => encodeURIComponent(text.slice(0, 1_000).toWellFormed());

function shaped(operation, parts, keys, text) {
  let path = operation.path;
  for (const [name, value] of parts.path) {
    path = path.replace(`{${name}}`, encoded(value) || '%20');
  }
  const query = [];
  for (const [parameter, value] of parts.query) {
    if (value === undefined) {
      continue;
    }
    if (parameter.style === 'deepObject' && value !== null && typeof value === 'object') {
      Object.entries(value).forEach(([key, each]) => query.push(`${parameter.name}[${encoded(key)}]=${encoded(text(each))}`));
    } else {
      (Array.isArray(value) && value.length > 0 ? value : [value]).forEach((each) => query.push(`${parameter.name}=${encoded(text(each))}`));
    }
  }
  if (parts.more !== '') {
    query.push(`${encoded(parts.more)}=${encoded(parts.more)}`);
  }
  const target = query.length === 0 ? path : `${path}?${query.join('&')}`;
  return { ...parts, operation, target: target.slice(0, 15_000), body: parts.body?.toWellFormed(), keys };
}

function credential({ credential: kind, which, keys }) {
  switch (kind) {
    case 'token': return tokens[which % tokens.length];
    case 'key': return which < 26 ? keys[0] : keys[which % keys.length];
    case 'none': return undefined;
    default: return kind;
  }
}

async function perform(wish) {
  const headers = { accept: wish.accept };
  const bearer = credential(wish);
  if (bearer !== undefined) {
    headers.authorization = `Bearer ${bearer}`;
  }
  if (wish.type && wish.body !== undefined) {
    headers['content-type'] = wish.type;
  }
  if (wish.match) {
    headers['if-none-match'] = wish.match;
  }
  return ask({ method: wish.operation.method, path: wish.target, headers, body: wish.body });
}

const keys = await prepare();
const operations = contract.operations();
const samples = new Samples(contract.document, {
  meterIdOrSlug: ['fuzz_sum', 'fuzz_users', 'fuzz_count', 'fuzz_none'],
  meterSlug: ['fuzz_sum', 'fuzz_users', 'fuzz_count', 'fuzz_none'],
  meter: ['fuzz_sum', 'fuzz_users', 'fuzz_count'],
  allowedMeterSlugs: ['fuzz_sum', 'fuzz_count'],
  groupByKey: ['model', 'user', 'subject'],
  groupBy: ['model', 'user', 'subject'],
  dimension: ['model', 'user', 'fuzz_sum'],
  subject: ['cust-1', 'cust-2'],
  q: [
    { period: { days: 30 }, windowSize: 'DAY', meters: [{ meter: 'fuzz_sum', groupBy: ['model'], top: 2, compare: 'previous' }] },
    { meters: [{ meter: 'fuzz_users', fill: true }, { meter: 'fuzz_count' }], timeZone: 'Asia/Kathmandu' },
  ],
  from: ['2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z'],
  to: ['2026-11-21T00:00:00Z', '2026-12-01T00:00:00Z'],
  subjectIdOrKey: ['cust-1', 'cust-2'],
  timeZone: ['America/New_York', 'UTC'],
  windowTimeZone: ['America/New_York', 'Australia/Lord_Howe'],
});
const each = Math.ceil(Number(options.requests) / operations.length);
let slowest = 0;
let total = 0;

for (const operation of operations) {
  await mint();
  await fc.assert(
    fc.asyncProperty(requests(changed(operation), samples, keys), async (wish) => {
      const answer = await perform(wish);
      total++;
      slowest = Math.max(slowest, answer.millis);
      const statuses = seen.get(operation.id) ?? new Map();
      seen.set(operation.id, statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1));
      const faults = contract.faults(operation, answer);
      if (answer.millis > MOST_MILLIS && !LONG.has(operation.id)) {
        faults.push(`took ${Math.round(answer.millis)} ms`);
      }
      if (faults.length > 0) {
        throw new Error(`${operation.method} ${wish.target}\n${wish.body ?? ''}\n${faults.join('\n')}`);
      }
      if (answer.status === 401 && wish.credential === 'token') {
        await mint(); // A request before has revoked them all.
      }
    }),
    { numRuns: each, seed: Number(options.seed), endOnFailure: false, interruptAfterTimeLimit: 3_600_000 },
  );
}

/** What would take away what the others need is tried on what nobody needs. */
function changed(operation) {
  const isDangerous = TAKES_AWAY.test(operation.id);
  return isDangerous
    ? { ...operation, parameters: operation.parameters.map((p) => (p.in === 'path' ? { ...p, sample: '', schema: { type: 'string', enum: NOBODYS } } : p)) }
    : operation;
}

const neverRight = [];
for (const [id, statuses] of seen) {
  const counts = [...statuses].sort((a, b) => a[0] - b[0]).map(([status, count]) => `${status}×${count}`);
  console.log(`${id}: ${counts.join(' ')}`);
  if (![...statuses.keys()].some((status) => status < 400) && !TAKES_AWAY.test(id)) {
    neverRight.push(id);
  }
}
if (neverRight.length > 0) {
  throw new Error(`never asked right: ${neverRight.join(', ')}`);
}
console.log(`${total} requests, the slowest took ${Math.round(slowest)} ms`);
agent.destroy();
