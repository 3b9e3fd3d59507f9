import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isPortalError, PortalClient, PortalError, WindowSize } from '../src/core/index.js';
import { startServer, type SampleServer } from './fixture/server.js';
import { mint } from './fixture/mint.js';

let server: SampleServer;
let token: string;
let calls: { url: string; init: RequestInit }[];
let client: PortalClient;

const recording: typeof fetch = (input, init = {}) => {
  calls.push({ url: String(input), init });
  return fetch(input, { ...init, signal: null });
};

beforeAll(async () => {
  server = await startServer({ clock: '2026-11-18T15:26:03Z' });
  ({ token } = await mint(server.url, { subject: 'acme' }));
});
afterAll(() => server.stop());
beforeEach(() => {
  calls = [];
  client = new PortalClient({ url: `${server.url}/`, token, fetch: recording });
});

describe('the OpenMeter-compatible query', () => {
  it('is what the guide to OpenMeter’s portal calls, by either name of the meter', async () => {
    const query = { windowSize: WindowSize.Day, from: '2026-11-01T00:00:00Z', to: '2026-11-04T00:00:00Z' };

    const { data } = await client.queryPortalMeter({ meter: 'tokens', ...query });
    const again = await client.queryPortalMeter({ meterSlug: 'tokens', ...query });

    expect(data.data).toHaveLength(3);
    expect(data.data[0]).toMatchObject({ subject: 'acme', windowStart: '2026-11-01T00:00:00.000Z', groupBy: {} });
    expect(again.data).toEqual(data);
  });

  it('gives dates where the published client does', async () => {
    const { data } = await client.query('tokens', { windowSize: 'DAY', from: new Date('2026-11-01'), to: new Date('2026-11-02') });

    expect(data[0]!.windowStart).toEqual(new Date('2026-11-01'));
  });

  it('is written like the published client writes it, brackets as escapes', async () => {
    await client.query('a/b c', {
      from: new Date('2026-01-01'), to: '2026-01-02', groupBy: ['model', 'type'], filterGroupBy: { model: 'gpt-4 turbo', type: ['a', 'b'] },
    }).catch(() => {});

    expect(calls[0]!.url.slice(server.url.length)).toBe('/api/v1/portal/meters/a%2Fb%20c/query?from=2026-01-01T00%3A00%3A00.000Z&to=2026-01-02'
      + '&groupBy=model&groupBy=type&filterGroupBy%5Bmodel%5D=gpt-4%20turbo&filterGroupBy%5Btype%5D=a&filterGroupBy%5Btype%5D=b');
  });

  it('sends no header that would need a preflight of its own, and no cache option', async () => {
    await client.query('tokens');

    expect(Object.keys(calls[0]!.init.headers!).sort()).toEqual(['accept', 'authorization']);
    expect(calls[0]!.init).not.toHaveProperty('cache');
  });
});

describe('the query of several meters', () => {
  it('is one address, the same for the same question', async () => {
    const answer = await client.usage({ period: { days: 7 }, timeZone: 'UTC', windowSize: 'DAY', meters: [{ meter: 'tokens', fill: true }, { meter: 'requests' }] });

    expect(answer.meters.map(({ meter }) => meter)).toEqual(['tokens', 'requests']);
    expect(answer.meters[0]!.windows).toHaveLength(7);
    expect(calls[0]!.url).toContain('/portal/query?q=%7B%22period%22%3A%7B%22days%22%3A7%7D');
  });

  it('is posted when it is too long for an address', async () => {
    await client.usage({ period: { days: 7 }, meters: [{ meter: 'tokens', filterGroupBy: { model: Array.from({ length: 900 }, (_, at) => `model-${at}`) } }] });

    expect(calls[0]!.init.method).toBe('POST');
    expect(calls[0]!.url.endsWith('/portal/query')).toBe(true);
  });

  it('comes as a file with the server’s name for it', async () => {
    const { name, content } = await client.csv({ period: { days: 7 }, timeZone: 'America/New_York', windowSize: 'DAY', meters: [{ meter: 'tokens' }] });

    expect(name).toBe('tokens_2026-11-12_2026-11-18_America-New_York.csv');
    expect((await content.text()).split('\r\n')[0]).toBe('window_start,window_end,subject,value');
  });
});

it('learns the server’s clock and the token’s end from the session', async () => {
  const session = await client.session();

  expect(session.subject).toEqual({ key: 'acme', displayName: 'Acme, Inc.' });
  expect(Math.abs(client.tokens.now() - server.now())).toBeLessThan(2_500);
  expect(client.tokens.expiresAt).toBe(Date.parse(session.expiresAt));
});

describe('a refusal', () => {
  it('says what the server said', async () => {
    const error: unknown = await client.query('nothing').catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(PortalError);
    expect(isPortalError(error)).toBe(true);
    expect(error).toMatchObject({ status: 404, code: 'unknown-meter', message: 'The request failed: unknown-meter.' });
    expect((error as PortalError).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('of a token is tried once more with another one', async () => {
    const reasons: string[] = [];
    const other = new PortalClient({ url: server.url, token: 'om_portal_old', fetch: recording, fetchToken: async (reason) => (reasons.push(reason), { token }) });

    await other.session();

    expect(reasons).toEqual(['unauthorized']);
    expect(calls).toHaveLength(2);
  });

  it('of the other one too is the end, and the next call does not ask in vain for ever', async () => {
    const reasons: string[] = [];
    const other = new PortalClient({ url: server.url, token: 'om_portal_old', fetch: recording, fetchToken: async (reason) => (reasons.push(reason), 'om_portal_older') });

    await expect(other.session()).rejects.toMatchObject({ status: 401, code: 'unauthenticated' });

    expect(other.tokens.status).toBe('ended');
    expect(reasons).toEqual(['unauthorized']);
    expect(calls).toHaveLength(2);
  });

  it('to answer at all is an error of its own', async () => {
    const nowhere = new PortalClient({ url: 'http://127.0.0.1:1', token });

    await expect(nowhere.session()).rejects.toMatchObject({ status: 0, code: 'network' });
  });

  it('for now says for how long', async () => {
    const busy = new PortalClient({ url: server.url, token, fetch: async () => new Response('{}', { status: 429, headers: { 'retry-after': '7' } }) });

    await expect(busy.session()).rejects.toMatchObject({ status: 429, retryAfterMs: 7_000 });
  });
});
