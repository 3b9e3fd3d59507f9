/**
 * Speaks the portal's wire from memory, until the browser tests run against Meterport itself: the
 * routes, bodies and headers are those that docs/openapi.yaml and the guide describe.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { csvName, csvOf } from '../src/core/table.js';
import { seriesOf } from '../src/core/series.js';
import type { UsageRequest } from '../src/core/wire.js';
import { METERS, sampleOf, sessionOf } from '../src/sample/data.js';
import { answerOf, type Sample, type SampleEvent } from '../src/sample/engine.js';

interface Token {
  id: string;
  subject: string;
  meters: readonly string[] | undefined;
  expiresAt: number;
  extra: Record<string, unknown>;
  revoked: boolean;
}

const [, , portText, startText, hosted = 'dist/hosted', origins = 'http://127.0.0.1:*'] = process.argv;
const started = Date.now();
const base = startText && startText !== 'now' ? Date.parse(startText) : started;
const now = (): number => base + Date.now() - started;

const samples = new Map<string, SampleEvent[]>([['acme', [...sampleOf(base).events]], ['nobody', []], ['earlier', sampleOf(base).events.filter(({ time }) => time < base - 70 * 86_400_000)]]);
const tokens = new Map<string, Token>();
const streams = new Map<ServerResponse, Token>();
const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'ETag, Retry-After, Content-Disposition, Date', Vary: 'Origin, Authorization, Accept' };

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    problem(response, 500, 'internal-error');
  });
});
server.listen(Number(portText ?? 0), '127.0.0.1', () => console.log(`listening ${(server.address() as { port: number }).port}`));

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url!, 'http://localhost');
  response.setHeader('Date', new Date(now()).toUTCString());
  if (url.pathname.startsWith('/portal/')) return asset(url.pathname.slice(8), response);
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { ...headers, 'Access-Control-Allow-Methods': 'GET, HEAD, POST', 'Access-Control-Allow-Headers': 'accept, authorization, content-type, if-none-match', 'Access-Control-Max-Age': '7200' }).end();
    return;
  }
  const path = url.pathname.replace('/api/v1', '');
  if (request.method === 'POST' && path === '/portal/tokens') return create(await bodyOf(request), response);
  if (request.method === 'POST' && path === '/portal/tokens/invalidate') return invalidate(await bodyOf(request), response);
  if (request.method === 'POST' && path === '/events') return ingest(await bodyOf(request), response);
  if (path.startsWith('/portal/')) return portal(path.slice(8), url, request, response);
  problem(response, 404, 'unknown-route');
}

function create(body: Record<string, unknown>, response: ServerResponse): void {
  const { subject, allowedMeterSlugs, expiresAt, ...extra } = body as { subject: string; allowedMeterSlugs?: string[]; expiresAt?: string };
  const token: Token = {
    id: randomUUID(), subject, meters: allowedMeterSlugs, extra, revoked: false,
    expiresAt: expiresAt ? Date.parse(expiresAt) : now() + 3_600_000,
  };
  const secret = `om_portal_${token.id}`;
  tokens.set(secret, token);
  json(response, { id: token.id, subject, token: secret, expiresAt: iso(token.expiresAt), allowedMeterSlugs: allowedMeterSlugs ?? [] });
}

function invalidate(body: Record<string, unknown>, response: ServerResponse): void {
  for (const token of tokens.values()) if (token.id === body.id || token.subject === body.subject) token.revoked = true;
  for (const [stream, token] of streams) if (token.revoked) end(stream, 'revoked');
  response.writeHead(204).end();
}

function ingest(body: unknown, response: ServerResponse): void {
  for (const { subject, time, data } of [body].flat() as { subject: string; time?: string; data: SampleEvent['data'] }[]) {
    const events = samples.get(subject) ?? [];
    events.push({ time: time ? Date.parse(time) : now(), data });
    samples.set(subject, events);
    for (const [stream, token] of streams) {
      if (token.subject !== subject) continue;
      for (const { slug } of metersOf(token)) stream.write(`event: usage.changed\ndata: {"meter":"${slug}"}\n\n`);
    }
  }
  response.writeHead(204).end();
}

async function portal(path: string, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /i, ''));
  if (!token || token.revoked || token.expiresAt <= now()) return problem(response, 401, 'unauthenticated');
  const sample = sampleFor(token);
  const rows = /^meters\/([^/]+)\/query$/.exec(path);
  if (path === 'session') return json(response, { ...sample.session, serverTime: iso(now()) });
  if (path === 'meters') return json(response, sample.session.meters);
  if (path === 'stream') return stream(token, response, request);
  if (path === 'query') {
    const question = (url.searchParams.has('q') ? JSON.parse(url.searchParams.get('q')!) : await bodyOf(request)) as UsageRequest;
    if (question.meters.some(({ meter }) => !sample.meters.some(({ slug }) => slug === meter))) return problem(response, 403, 'insufficient-scope');
    const answer = answerOf(question, sample, now());
    if (request.headers.accept === 'text/csv') {
      const series = seriesOf(answer, question.meters[0]!.meter, now())!;
      response.writeHead(200, { ...headers, 'Content-Type': 'text/csv', 'Content-Disposition': `attachment; filename="${csvName(series)}"` });
      response.end(csvOf(series, token.subject).slice(1));
      return;
    }
    return tagged(request, response, answer);
  }
  if (rows) {
    const slug = decodeURIComponent(rows[1]!);
    if (!sample.meters.some((meter) => meter.slug === slug)) return problem(response, token.meters ? 403 : 404, token.meters ? 'insufficient-scope' : 'unknown-meter');
    const { searchParams } = url;
    const windowSize = searchParams.get('windowSize') as UsageRequest['windowSize'];
    const groupBy = searchParams.getAll('groupBy');
    const answer = answerOf({
      period: { from: searchParams.get('from') ?? iso(0), to: searchParams.get('to') ?? iso(now()) },
      timeZone: searchParams.get('windowTimeZone') ?? 'UTC', ...(windowSize && { windowSize }), meters: [{ meter: slug, groupBy }],
    }, sample, now());
    const [meter] = answer.meters;
    const lines = groupBy.length ? meter!.series.map(({ group, windows }) => ({ group, windows })) : [{ group: {}, windows: meter!.windows }];
    return tagged(request, response, {
      ...(searchParams.has('from') && { from: answer.from }), ...(searchParams.has('to') && { to: answer.to }), ...(windowSize && { windowSize }),
      data: lines.flatMap(({ group, windows }) => windows.map(({ windowStart, windowEnd, value }) => ({ value, windowStart, windowEnd, subject: token.subject, groupBy: group }))),
    });
  }
  problem(response, 404, 'unknown-route');
}

function stream(token: Token, response: ServerResponse, request: IncomingMessage): void {
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.write(`retry: 1000\n\nevent: ready\ndata: ${JSON.stringify({ serverTime: iso(now()), expiresAt: iso(token.expiresAt) })}\n\n`);
  streams.set(response, token);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), 15_000);
  const expiry = setTimeout(() => end(response, 'expired'), Math.min(2 ** 31 - 1, token.expiresAt - now()));
  request.on('close', () => {
    clearInterval(heartbeat);
    clearTimeout(expiry);
    streams.delete(response);
  });
}

function end(response: ServerResponse, reason: string): void {
  streams.delete(response);
  response.end(`event: end\ndata: {"reason":"${reason}"}\n\n`);
}

function sampleFor(token: Token): Sample {
  const meters = metersOf(token);
  const session = sessionOf(now(), (token.extra.timeZone as string) ?? 'America/New_York', meters);
  return {
    meters, events: samples.get(token.subject) ?? [],
    session: { ...session, subject: { key: token.subject, ...(token.subject === 'acme' && { displayName: 'Acme, Inc.' }) }, expiresAt: iso(token.expiresAt), ...(token.extra as object) },
  };
}

function metersOf({ meters }: Token): Sample['meters'] {
  return METERS.filter(({ slug }) => !meters || meters.includes(slug));
}

function tagged(request: IncomingMessage, response: ServerResponse, body: unknown): void {
  const { completeUntil: _, ...counted } = body as { completeUntil?: string };
  const etag = `W/"${createHash('sha256').update(JSON.stringify(counted)).digest('base64url').slice(0, 22)}"`;
  const cached = { ...headers, ETag: etag, 'Cache-Control': 'private, no-cache' };
  if (request.headers['if-none-match'] === etag) response.writeHead(304, cached).end();
  else response.writeHead(200, { ...cached, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { ...headers, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, code: string): void {
  const id = randomUUID();
  response.writeHead(status, { ...headers, 'Content-Type': 'application/problem+json', 'X-Request-Id': id });
  response.end(JSON.stringify({ type: 'about:blank', title: code, status, code, detail: `The request failed: ${code}.`, instance: `urn:request:${id}` }));
}

async function asset(name: string, response: ServerResponse): Promise<void> {
  const file = name === 'embed' || name === 'playground' ? `${name}.html` : name;
  const type = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json' }[file.split('.').pop()!] ?? 'text/plain';
  const content = await readFile(`${hosted}/${file}`).catch(() => null);
  if (!content) return problem(response, 404, 'unknown-route');
  response.writeHead(200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors ${origins}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`,
    'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff', 'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  }).end(content);
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text || '{}') as Record<string, unknown>;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
