import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UsageSource } from '../src/core/client.js';
import { LiveUpdates } from '../src/core/live.js';
import { PortalError } from '../src/core/problem.js';
import { eventParser, type StreamEvent } from '../src/core/sse.js';
import { TokenKeeper } from '../src/core/token.js';

describe('the parser', () => {
  const all = (chunks: string[]): { events: StreamEvent[]; retries: number[] } => {
    const events: StreamEvent[] = [];
    const retries: number[] = [];
    const parse = eventParser({ onEvent: (event) => events.push(event), onRetry: (millis) => retries.push(millis) });
    chunks.forEach(parse);
    return { events, retries };
  };
  const text = 'retry: 3000\n\n: beat\r\nevent: usage.changed\r\ndata: {"meter":\r\ndata: "tokens"}\r\n\r\ndata:plain\r\rid: 1\n\nevent: lonely\n\n';
  const expected = { events: [{ event: 'usage.changed', data: '{"meter":\n"tokens"}' }, { event: 'message', data: 'plain' }], retries: [3_000] };

  it('reads every kind of line end, comment and continued data', () => expect(all([text])).toEqual(expected));

  it('reads the same however the text is cut', () => {
    for (let at = 1; at < text.length; at++) expect(all([text.slice(0, at), text.slice(at)])).toEqual(expected);
    expect(all([...text])).toEqual(expected);
  });
});

interface Line {
  send(text: string): void;
  close(): void;
}

let lines: Line[];
let refusals: Error[];
let changes: (string | null)[];
let updates: LiveUpdates;
const encoder = new TextEncoder();
const settle = () => vi.advanceTimersByTimeAsync(0);

const source = {
  tokens: new TokenKeeper('token'),
  async stream(options?: { signal?: AbortSignal }) {
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (given) => { controller = given; } });
    options?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
    lines.push({ send: (text) => controller.enqueue(encoder.encode(text)), close: () => controller.close() });
    return { body } as Response;
  },
} as unknown as UsageSource;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  refusals = [];
  changes = [];
  updates = new LiveUpdates(source, (meter) => changes.push(meter), () => 0.5);
});
afterEach(() => {
  updates.stop();
  vi.useRealTimers();
});

async function connected(): Promise<void> {
  updates.start();
  await settle();
  lines[0]!.send('event: ready\ndata: {}\n\n');
  await settle();
}

it('is live once the server says so, and tells what changed', async () => {
  await connected();
  lines[0]!.send('event: usage.changed\ndata: {"meter":"tokens"}\n\n');
  await settle();

  expect(updates.status).toBe('live');
  expect(changes).toEqual([null, 'tokens']);
});

it('connects again when the stream ends, and has everything fetched then', async () => {
  await connected();

  lines[0]!.close();
  await settle();
  expect(updates.status).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(1_000);
  lines[1]!.send('event: ready\ndata: {}\n\n');
  await settle();

  expect(updates.status).toBe('live');
  expect(changes).toEqual([null, null]);
});

it('has a refused token noticed when the server ends the stream for it', async () => {
  await connected();

  lines[0]!.send('event: end\ndata: {"reason":"revoked"}\n\n');
  await settle();

  expect(changes).toEqual([null, null]);
});

it('takes silence for a broken line', async () => {
  await connected();

  await vi.advanceTimersByTimeAsync(40_000);
  lines[0]!.send(': beat\n\n');
  await vi.advanceTimersByTimeAsync(40_000);
  expect(updates.status).toBe('live');
  await vi.advanceTimersByTimeAsync(5_000);

  expect(updates.status).toBe('reconnecting');
});

it.each([404, 406, 501])('asks instead where the server has no stream (%d)', async (status) => {
  refusals = [new PortalError(status, 'x')];

  updates.start();
  await vi.advanceTimersByTimeAsync(600_000);

  expect(updates.status).toBe('polling');
  expect(lines).toHaveLength(0);
});

it('asks instead after three failures, and tries again later', async () => {
  refusals = [0, 0, 0].map(() => new PortalError(0, 'network'));

  updates.start();
  await settle();
  expect(updates.status).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(updates.status).toBe('polling');
  await vi.advanceTimersByTimeAsync(300_000);
  lines[0]!.send('event: ready\ndata: {}\n\n');
  await settle();

  expect(updates.status).toBe('live');
});

it('waits as long as it is told to', async () => {
  refusals = [new PortalError(429, 'rate-limited', {}, 20_000)];

  updates.start();
  await vi.advanceTimersByTimeAsync(19_000);
  expect(lines).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(lines).toHaveLength(1);
});

it('is still while paused, and fetches when it goes on', async () => {
  await connected();

  updates.pause();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(updates.status).toBe('paused');
  expect(lines).toHaveLength(1);
  updates.resume();
  await settle();

  expect(lines).toHaveLength(2);
  expect(changes).toEqual([null, null]);
});

it('closes when nobody looks for a minute, and opens when somebody does', async () => {
  await connected();
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');

  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  await vi.advanceTimersByTimeAsync(30_000);
  lines[0]!.send(': beat\n\n');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(updates.status).toBe('off');
  visibility.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  await settle();

  expect(lines).toHaveLength(2);
});

it('knows when there is no network', async () => {
  await connected();

  window.dispatchEvent(new Event('offline'));
  expect(updates.status).toBe('offline');
  window.dispatchEvent(new Event('online'));
  await settle();

  expect(lines).toHaveLength(2);
});
