import { describe, expect, it } from 'vitest';
import { autoWindow, datesOf, daysLeft, fittingWindow, millisOf, misfit, periodOfDates, periodOfMonths, spanOf } from '../src/core/period.js';

const zone = 'America/New_York';
const now = Date.parse('2026-11-18T15:26:03Z');
const text = ({ from, to }: { from: number; to: number }) => [new Date(from).toISOString(), new Date(to).toISOString()];

describe('a period', () => {
  it('of days ends at the next midnight of the zone and includes today', () => {
    expect(text(spanOf({ days: 1 }, now, zone))).toEqual(['2026-11-18T05:00:00.000Z', '2026-11-19T05:00:00.000Z']);
    expect(text(spanOf({ days: 30 }, now, zone))).toEqual(['2026-10-20T04:00:00.000Z', '2026-11-19T05:00:00.000Z']);
  });

  it('is a calendar month where there is no billing', () => {
    expect(text(spanOf('current', now, zone))).toEqual(['2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z']);
    expect(text(spanOf('previous', now, zone))).toEqual(['2026-10-01T04:00:00.000Z', '2026-11-01T04:00:00.000Z']);
  });

  it('is the server’s where there is billing', () => {
    const current = { from: '2026-11-10T05:00:00Z', to: '2026-12-10T05:00:00Z' };
    const billing = { anchor: '2026-01-10', interval: 'month', current, previous: current };

    expect(text(spanOf('current', now, zone, billing))).toEqual(['2026-11-10T05:00:00.000Z', '2026-12-10T05:00:00.000Z']);
  });

  it('of dates includes both, across a clock change', () => {
    const period = periodOfDates('2026-10-31', '2026-11-02', zone) as { from: string; to: string };

    expect(period).toEqual({ from: '2026-10-31T04:00:00.000Z', to: '2026-11-03T05:00:00.000Z' });
    expect(datesOf(spanOf(period, now, zone), zone)).toEqual(['2026-10-31', '2026-11-02']);
  });

  it('of months begins on a first', () => {
    expect(periodOfMonths(12, now, zone)).toEqual({ from: '2025-12-01T05:00:00.000Z', to: '2026-12-01T05:00:00.000Z' });
  });

  it('has days left, today among them', () => {
    expect(daysLeft(spanOf('current', now, zone), now, zone)).toBe(13);
    expect(daysLeft(spanOf('previous', now, zone), now, zone)).toBe(0);
  });
});

describe('a window size', () => {
  it.each([[{ days: 1 }, 'HOUR'], [{ days: 2 }, 'HOUR'], [{ days: 7 }, 'DAY'], [{ days: 90 }, 'DAY'], [{ days: 180 }, 'MONTH']] as const)(
    'for %o is %s by itself', (period, size) => expect(autoWindow(spanOf(period, now, zone))).toBe(size));

  it('is a minute for an hour', () => {
    expect(autoWindow({ from: now, to: now + 3_600_000 })).toBe('MINUTE');
  });

  it('does not fit when it makes too many windows, too few, or is not allowed', () => {
    const month = spanOf('current', now, zone);

    expect(misfit('MINUTE', month)).toBe('too-many');
    expect(misfit('MONTH', month)).toBe('too-few');
    expect(misfit('HOUR', month, 'DAY')).toBe('not-allowed');
    expect(misfit('DAY', month, 'DAY')).toBeNull();
  });

  it('gives way to one that fits', () => {
    expect(fittingWindow('MINUTE', spanOf({ days: 30 }, now, zone))).toBe('HOUR');
    expect(fittingWindow('MONTH', spanOf({ days: 7 }, now, zone))).toBe('DAY');
    expect(fittingWindow('AUTO', spanOf({ days: 1 }, now, zone), 'DAY')).toBe('DAY');
  });
});

it('reads durations of days and time', () => {
  expect([millisOf('P31D'), millisOf('PT24H'), millisOf('P1DT1H1M1S'), millisOf('nonsense')]).toEqual([31 * 86_400_000, 86_400_000, 90_061_000, 0]);
});
