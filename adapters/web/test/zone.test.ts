import { describe, expect, it } from 'vitest';
import { addDays, floorTo, localOf, offsetAt, startOfDay, windowsOf } from '../src/core/zone.js';
import type { WindowSize } from '../src/core/wire.js';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);
const hours = (from: string, to: string, zone: string, size: WindowSize = 'HOUR') =>
  windowsOf(at(from), at(to), size, zone).map(({ start, end }) => [new Date(start).toISOString().slice(5, 16), (end - start) / HOUR]);

describe('days', () => {
  it('have 23 hours when clocks go forward in New York and 25 when they go back', () => {
    const spring = windowsOf(at('2026-03-07T05:00:00Z'), at('2026-03-10T04:00:00Z'), 'DAY', 'America/New_York');
    const autumn = windowsOf(at('2026-10-31T04:00:00Z'), at('2026-11-03T05:00:00Z'), 'DAY', 'America/New_York');

    expect(spring.map(({ start, end }) => (end - start) / HOUR)).toEqual([24, 23, 24]);
    expect(autumn.map(({ start, end }) => (end - start) / HOUR)).toEqual([24, 25, 24]);
  });

  it('begin at one o’clock where clocks skip midnight', () => {
    expect(new Date(startOfDay(2026, 3, 29, 'Asia/Beirut')).toISOString()).toBe('2026-03-28T22:00:00.000Z');
    expect(localOf(startOfDay(2026, 3, 29, 'Asia/Beirut'), 'Asia/Beirut')).toMatchObject({ day: 29, hour: 1 });
  });

  it('begin at the first of two midnights', () => {
    const start = startOfDay(2006, 10, 29, 'America/St_Johns');

    expect(localOf(start, 'America/St_Johns')).toMatchObject({ day: 29, hour: 0, minute: 0 });
    expect(localOf(start - 1, 'America/St_Johns').day).toBe(28);
  });

  it('may be missing altogether', () => {
    const days = windowsOf(at('2011-12-29T10:00:00Z'), at('2011-12-31T10:00:00Z'), 'DAY', 'Pacific/Apia');

    expect(days.map(({ start }) => localOf(start, 'Pacific/Apia').day)).toEqual([29, 31]);
  });

  it('are counted on the calendar and not in hours', () => {
    const november2 = startOfDay(2026, 11, 2, 'America/New_York');

    expect(new Date(addDays(november2, -1, 'America/New_York')).toISOString()).toBe('2026-11-01T04:00:00.000Z');
  });
});

describe('hours', () => {
  it('lie on half hours of UTC in Kolkata', () => {
    expect(new Date(floorTo(at('2026-01-01T00:00:00Z'), 'HOUR', 'Asia/Kolkata')).toISOString()).toBe('2025-12-31T23:30:00.000Z');
  });

  it('end where the offset changes by half an hour', () => {
    expect(hours('2025-04-05T14:00:00Z', '2025-04-05T17:30:00Z', 'Australia/Lord_Howe')).toEqual([
      ['04-05T14:00', 1], ['04-05T15:00', 0.5], ['04-05T15:30', 1], ['04-05T16:30', 1],
    ]);
  });

  it('come twice when clocks go back', () => {
    const windows = windowsOf(at('2026-11-01T04:00:00Z'), at('2026-11-02T05:00:00Z'), 'HOUR', 'America/New_York');

    expect(windows).toHaveLength(25);
    expect(windows.filter(({ start }) => localOf(start, 'America/New_York').hour === 1)).toHaveLength(2);
  });
});

describe('windows', () => {
  const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Asia/Beirut', 'Australia/Lord_Howe', 'America/Caracas', 'Pacific/Apia', 'Africa/Casablanca'];
  const changes = ['2007-12-09T07:00:00Z', '2011-12-30T10:00:00Z', '2025-04-05T15:00:00Z', '2025-10-04T15:30:00Z', '2026-03-08T07:00:00Z', '2026-03-28T22:00:00Z', '2026-11-01T06:00:00Z'];

  it.each(zones)('tile any range in %s without gap or overlap, around clock changes too', (zone) => {
    for (const change of changes) {
      for (const size of ['MINUTE', 'HOUR', 'DAY', 'MONTH'] as const) {
        const reach = size === 'MINUTE' ? 2 * HOUR : 50 * HOUR;
        const [from, to] = [at(change) - reach + 1, at(change) + reach];
        const windows = windowsOf(from, to, size, zone);

        expect(windows[0]!.start).toBeLessThanOrEqual(from);
        expect(windows[windows.length - 1]!.end).toBeGreaterThanOrEqual(to);
        windows.forEach(({ start, end }, index) => {
          expect(end).toBeGreaterThan(start);
          if (index) expect(start).toBe(windows[index - 1]!.end);
          if (size === 'HOUR' || size === 'MINUTE') expect(offsetAt(end - 1, zone)).toBe(offsetAt(start, zone));
        });
      }
    }
  });
});
