import { describe, expect, it } from 'vitest';
import { formatCompact, formatFull, formatPercent, scaleFor, spanLabel, windowLabel } from '../src/core/format.js';

describe('numbers', () => {
  it('keep digits that a double cannot hold', () => {
    expect(formatFull({ value: 9007199254740993, exact: '9007199254740993' }, 'en')).toBe('9,007,199,254,740,993');
  });

  it('have the unit behind them', () => {
    expect(formatFull('1243554', 'en', 'tokens')).toBe('1,243,554 tokens');
    expect(formatCompact('1243554', 'en', 'tokens')).toBe('1.24M tokens');
  });

  it('are money for currencies', () => {
    expect(formatFull('12.5', 'en', 'USD')).toBe('$12.50');
    expect(formatFull('12.5', 'de', 'EUR')).toBe('12,50\u00a0€');
  });

  it.each([
    ['123', 'byte', '123 bytes'], ['421000000000', 'bytes', '421 GB'], ['2.5', 'GB', '2.5 GB'], ['1073741824', 'KiB', '1 TiB'],
    ['86400', 's', '24 hr'], ['250', 'ms', '250 ms'], ['1500', 'ms', '1.5 sec'], ['90', 'minutes', '1.5 hr'],
  ])('%s %s become %s in brief', (value, unit, text) => {
    expect(formatCompact(value, 'en', unit).replace(/byte$/, 'bytes')).toMatch(new RegExp(`^${text.replace('bytes', '(bytes|byte)').replace('GB', '(GB|gigabytes)')}$`));
  });

  it('that are unknown are a dash, and zero is a zero', () => {
    expect([formatFull(null, 'en'), formatFull(undefined), formatCompact(null), formatFull('0', 'en', 'requests')]).toEqual(['–', '–', '–', '0 requests']);
  });

  it('use the digits of the language', () => {
    expect(formatFull('1234', 'ar-EG')).toBe('١٬٢٣٤');
    expect(formatFull('1234.5', 'de')).toBe('1.234,5');
  });

  it('of averages are cut where nobody reads on', () => {
    expect(formatFull('593.0509259259259259259259259259259', 'en')).toBe('593.05');
    expect(formatFull('0.000012345678', 'en')).toBe('0.0000123457');
  });
});

it('scales axes so that round ticks are round in the unit that is shown', () => {
  const scale = scaleFor(7_200_000, 'en', 'ms');

  expect(scale.factor).toBe(3_600_000);
  expect(scale.format(7_200_000)).toBe('2 hr');
});

it('gives changes a sign and no more digits than matter', () => {
  expect([0.154, -0.003, 0, 27.25].map((ratio) => formatPercent(ratio, 'en', true))).toEqual(['+15.4%', '-0.3%', '0%', '+2,725%']);
});

describe('dates', () => {
  const start = Date.parse('2026-11-01T05:00:00Z');

  it('of windows say as much as their size needs', () => {
    expect(windowLabel(start, 'DAY', 'en', 'America/New_York')).toBe('Sun, Nov 1');
    expect(windowLabel(start, 'HOUR', 'en', 'America/New_York')).toBe('Sun, Nov 1, 1:00 AM EDT');
    expect(windowLabel(start + 3_600_000, 'HOUR', 'en', 'America/New_York')).toBe('Sun, Nov 1, 1:00 AM EST');
    expect(windowLabel(start, 'MONTH', 'de', 'America/New_York')).toBe('November 2026');
  });

  it('of spans end with the last day that is part of them', () => {
    expect(spanLabel(Date.parse('2026-11-01T04:00:00Z'), Date.parse('2026-12-01T05:00:00Z'), 'en', 'America/New_York').replace(/\s/g, ' ')).toBe('Nov 1 – 30, 2026');
  });
});
