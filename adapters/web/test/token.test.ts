import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TokenKeeper, type TokenReason } from '../src/core/token.js';

const MINUTE = 60_000;
let reasons: TokenReason[];
let keeper: TokenKeeper;

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * MINUTE).toISOString();
const backend = (minutes: number) => async (reason: TokenReason) => {
  reasons.push(reason);
  return { token: `token-${reasons.length}`, expiresAt: inMinutes(minutes) };
};

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-18T12:00:00Z') });
  reasons = [];
});
afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
});

describe('with a backend to ask', () => {
  it('many who wait cause one call', async () => {
    keeper = new TokenKeeper(undefined, backend(60));

    const tokens = await Promise.all([keeper.bearer(), keeper.bearer(), keeper.bearer()]);

    expect(tokens).toEqual(['token-1', 'token-1', 'token-1']);
    expect(reasons).toEqual(['initial']);
  });

  it('a new one is there a minute before the old one ends', async () => {
    keeper = new TokenKeeper(undefined, backend(60));
    keeper.start();
    await keeper.bearer();

    await vi.advanceTimersByTimeAsync(58 * MINUTE);
    expect(reasons).toEqual(['initial']);
    await vi.advanceTimersByTimeAsync(1 * MINUTE);

    expect(reasons).toEqual(['initial', 'expiring']);
    expect(await keeper.bearer()).toBe('token-2');
  });

  it('short lives are renewed after nine tenths of them', async () => {
    keeper = new TokenKeeper(undefined, backend(1));
    keeper.start();
    await keeper.bearer();

    await vi.advanceTimersByTimeAsync(53_000);
    expect(reasons).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);

    expect(reasons).toHaveLength(2);
  });

  it('lives longer than a timer can wait are not renewed at once', async () => {
    keeper = new TokenKeeper(undefined, backend(60 * 24 * 30));
    keeper.start();
    await keeper.bearer();

    await vi.advanceTimersByTimeAsync(28 * 24 * 60 * MINUTE);
    expect(reasons).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2 * 24 * 60 * MINUTE);

    expect(reasons).toHaveLength(2);
  });

  it('waking from sleep renews what ended meanwhile', async () => {
    keeper = new TokenKeeper(undefined, backend(60));
    keeper.start();
    await keeper.bearer();

    vi.setSystemTime(Date.now() + 180 * MINUTE);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(0);

    expect(reasons).toEqual(['initial', 'expiring']);
  });

  it('nothing is asked while the browser is offline, and once when it is back', async () => {
    keeper = new TokenKeeper(undefined, backend(60));
    keeper.start();
    await keeper.bearer();
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);

    await vi.advanceTimersByTimeAsync(59 * MINUTE);
    expect(reasons).toHaveLength(1);
    online.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);

    expect(reasons).toHaveLength(2);
  });

  it('a refused token is replaced once, and those who were refused with it share the new one', async () => {
    keeper = new TokenKeeper('old', backend(60));

    const [one, other] = await Promise.all([keeper.replacementOf('old'), keeper.replacementOf('old')]);
    const late = await keeper.replacementOf('old');

    expect([one, other, late]).toEqual(['token-1', 'token-1', 'token-1']);
    expect(reasons).toEqual(['unauthorized']);
  });

  it('a failed call leaves a token that still lives, and is tried again', async () => {
    let works = true;
    keeper = new TokenKeeper(undefined, async (reason) => {
      reasons.push(reason);
      if (!works) throw new Error('backend down');
      return { token: `token-${reasons.length}`, expiresAt: inMinutes(60) };
    });
    keeper.start();
    await keeper.bearer();
    works = false;
    await vi.advanceTimersByTimeAsync(59 * MINUTE + 1_000);
    expect(keeper.status).toBe('valid');
    expect(await keeper.bearer()).toBe('token-1');

    works = true;
    await vi.advanceTimersByTimeAsync(5_000);

    expect(await keeper.bearer()).toBe('token-3');
  });

  it('a clock that is days ahead does not make new tokens look old', async () => {
    keeper = new TokenKeeper(undefined, async (reason) => {
      reasons.push(reason);
      return { token: 'token', expiresAt: inMinutes(-5 * 24 * 60 + 60) };
    });
    keeper.start();

    await keeper.bearer();
    await vi.advanceTimersByTimeAsync(MINUTE);
    await keeper.bearer();
    expect(reasons).toEqual(['initial']);
    keeper.learn(Date.now() - 5 * 24 * 60 * MINUTE);
    await vi.advanceTimersByTimeAsync(59 * MINUTE);

    expect(reasons).toEqual(['initial', 'expiring']);
  });

  it('a failed first call is said, and the next one is free to work', async () => {
    keeper = new TokenKeeper(undefined, async () => {
      reasons.push('initial');
      if (reasons.length === 1) throw new Error('backend down');
      return 'token';
    });

    await expect(keeper.bearer()).rejects.toThrow('backend down');

    expect(keeper.status).toBe('expired');
    expect(await keeper.bearer()).toBe('token');
    expect(keeper.status).toBe('valid');
  });
});

describe('with a token only', () => {
  it('its time ends by the server’s clock', async () => {
    keeper = new TokenKeeper('only');
    keeper.start();
    keeper.learn(Date.now() + 10 * MINUTE, Date.now() + 15 * MINUTE);

    await vi.advanceTimersByTimeAsync(4 * MINUTE);
    expect(keeper.status).toBe('valid');
    await vi.advanceTimersByTimeAsync(1 * MINUTE);

    expect(keeper.status).toBe('expired');
    await expect(keeper.bearer()).rejects.toMatchObject({ status: 401, code: 'token-expired' });
  });

  it('a refusal before its time means that it was ended', async () => {
    keeper = new TokenKeeper('only');
    keeper.learn(Date.now(), Date.now() + 15 * MINUTE);

    expect(await keeper.replacementOf('only')).toBeNull();

    expect(keeper.status).toBe('ended');
  });

  it('a new one from the page takes its place', async () => {
    keeper = new TokenKeeper('only');
    await keeper.replacementOf('only');

    keeper.update('another', undefined);

    expect(keeper.status).toBe('valid');
    expect(await keeper.bearer()).toBe('another');
  });
});

it('small differences of clocks are noise', () => {
  keeper = new TokenKeeper('token');

  keeper.learn(Date.now() - 900);
  keeper.learn(Number.NaN);

  expect(keeper.skew).toBe(0);
});

it('nothing is stored', async () => {
  keeper = new TokenKeeper('secret', backend(1));
  await keeper.refresh();

  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('token');
  expect(document.cookie).toBe('');
});
