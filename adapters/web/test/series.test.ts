import { describe, expect, it } from 'vitest';
import { layoutChart } from '../src/core/chart.js';
import { changeOf, ColourBook, isEmpty, OTHER, seriesOf, type UsageSeries } from '../src/core/series.js';
import { csvName, csvOf } from '../src/core/table.js';
import { ticksOf } from '../src/core/ticks.js';
import type { UsageAnswer } from '../src/core/wire.js';
import { sampleOf } from '../src/sample/data.js';
import { answerOf, type Sample } from '../src/sample/engine.js';

const zone = 'America/New_York';
const now = Date.parse('2026-11-18T15:26:03Z');
const sample = sampleOf(now, zone, 70);
const ask = (meter: string, extra: object = {}, request: object = {}): UsageSeries => seriesOf(
  answerOf({ period: 'current', timeZone: zone, windowSize: 'DAY', meters: [{ meter, fill: true, ...extra }], ...request }, sample, now), meter, now)!;
const small = (values: (number | null)[], aggregation = 'SUM'): UsageSeries => {
  const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T00:00:00Z`;
  const answer: UsageAnswer = {
    from: day(1), to: day(values.length + 1), timeZone: 'UTC', windowSize: 'DAY', completeUntil: day(1),
    meters: [{
      meter: 'm', name: 'M', aggregation: aggregation as 'SUM', groupBy: [], total: { value: 0, exact: '0' }, series: [],
      windows: values.map((value, at) => ({ windowStart: day(at + 1), windowEnd: day(at + 2), partial: false, value, exact: value === null ? null : String(value) })),
    }],
  };
  return seriesOf(answer, 'm', Date.parse(day(29)))!;
};

describe('a series', () => {
  it('has a window for each day of the month, those to come without values', () => {
    const { windows, totals } = ask('tokens');

    expect(windows).toHaveLength(30);
    expect(windows.map(({ partial }) => partial).indexOf(true)).toBe(17);
    expect(windows.filter(({ future }) => future)).toHaveLength(12);
    expect(totals.slice(18).every((point) => point === null)).toBe(true);
  });

  it('fills up to the end of the period when the server stops at now', () => {
    const answer = answerOf({ period: 'current', timeZone: zone, windowSize: 'DAY', meters: [{ meter: 'tokens', fill: true }] }, sample, now);
    const [meter] = answer.meters;
    const short = { ...answer, meters: [{ ...meter!, windows: meter!.windows.slice(0, 18) }] };

    expect(seriesOf(short, 'tokens', now)!.windows).toEqual(ask('tokens').windows);
  });

  it('keeps the greatest groups and one of all others, which fall into the same windows', () => {
    const { lines, totals } = ask('tokens', { groupBy: ['model'], top: 7 });

    expect(lines).toHaveLength(8);
    expect(lines[7]).toMatchObject({ key: OTHER, other: true });
    expect(lines.reduce((sum, line) => sum + (line.points[3]?.value ?? 0), 0)).toBe(totals[3]!.value);
  });

  it('aligns the period before by position, across a clock change', () => {
    const { previous, windows } = ask('tokens', { compare: 'previous' }, { period: { from: '2026-11-01T04:00:00.000Z', to: '2026-11-08T05:00:00.000Z' } });

    expect(windows).toHaveLength(7);
    expect(previous!.points.map((point) => point!.windowStart)).toEqual(
      [25, 26, 27, 28, 29, 30, 31].map((day) => `2026-10-${day}T04:00:00.000Z`));
    expect(previous!.points.every((point) => point!.value! > 0)).toBe(true);
  });

  it('says how it changed, unless there is nothing to compare with', () => {
    const num = (value: number) => ({ value, exact: String(value) });

    expect(changeOf(num(5), num(20))).toBe(0.25);
    expect(changeOf(num(5), num(-20))).toBe(0.25);
    expect(changeOf(num(5), num(0))).toBeNull();
    expect(changeOf(null, num(1))).toBeNull();
  });

  it('is empty only without any value', () => {
    expect(isEmpty(small([0, 0, 0]))).toBe(true);
    expect(isEmpty(small([0, -1, 0]))).toBe(false);
    expect(isEmpty(small([null, null], 'AVG'))).toBe(true);
  });
});

describe('colours', () => {
  it('stay with their keys when the order changes', () => {
    const book = new ColourBook();

    expect(book.assign(['a', 'b', 'c'])).toEqual([0, 1, 2]);
    expect(book.assign(['c', 'a', 'd'])).toEqual([2, 0, 3]);
    expect(book.assign(['b'])).toEqual([1]);
  });

  it('are never the same for two that are seen together', () => {
    const book = new ColourBook(3);
    book.assign(['a', 'b', 'c']);

    const later = book.assign(['d', 'a', 'e']);

    expect(new Set(later).size).toBe(3);
    expect(later[1]).toBe(0);
  });
});

describe('ticks', () => {
  it.each([
    [0, 100, [0, 25, 50, 75, 100]], [0, 20_300, [0, 5_000, 10_000, 15_000, 20_000, 25_000]], [0, 0, [0, 1]],
    [-30, 60, [-40, -20, 0, 20, 40, 60]], [0, 0.3, [0, 0.1, 0.2, 0.3]], [0, 7, [0, 2.5, 5, 7.5]],
  ])('from %d to %d are round and tight', (least, greatest, expected) => expect(ticksOf(least, greatest)).toEqual(expected));

  it('waste at most a third of the height, and are four to seven', () => {
    for (let greatest = 1; greatest < 5_000; greatest += 7) {
      const ticks = ticksOf(0, greatest);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks[ticks.length - 1]!).toBeGreaterThanOrEqual(greatest);
      expect(ticks[ticks.length - 1]! / greatest).toBeLessThanOrEqual(1.5);
    }
  });

  it('of counts are whole', () => {
    expect(ticksOf(0, 2, true)).toEqual([0, 1, 2]);
    expect(ticksOf(0, 1, true)).toEqual([0, 1]);
  });
});

describe('a chart', () => {
  const size = { width: 800, height: 300, locale: 'en' };

  it('draws at most two paths for a line, however many windows there are', () => {
    const series = ask('tokens', { groupBy: ['model'], top: 7 }, { period: { days: 30 }, windowSize: 'HOUR' });
    const { shapes } = layoutChart(series, size);

    expect(series.windows.length).toBeGreaterThan(700);
    expect(shapes).toHaveLength(8);
    expect(shapes[0]!.path.match(/M/g)!.length).toBeGreaterThan(600);
    expect(shapes[0]!.open).toMatch(/^M[^M]+z$/);
  });

  it('finds the window under the pointer again, in both directions', () => {
    for (const mirrored of [false, true]) {
      const layout = layoutChart(ask('tokens'), { ...size, mirrored });
      for (let index = 0; index < 30; index++) expect(layout.indexAt(layout.middle(index))).toBe(index);
      expect(layout.middle(0) > layout.middle(29)).toBe(mirrored);
    }
  });

  it('lets negative values hang from zero', () => {
    const layout = layoutChart(small([10, -5]), size);

    expect(layout.y.map(({ label }) => label)).toEqual(['-5', '0', '5', '10']);
    expect(layout.zero).toBeLessThan(layout.bottom);
    expect(layout.height(-5)).toBe(layout.bottom);
  });

  it('leaves gaps in lines, and a dot for a value that stands alone', () => {
    const { shapes, form } = layoutChart(small([1, 2, null, 4, null], 'AVG'), size);

    expect(form).toBe('lines');
    expect(shapes[0]!.path.match(/M/g)).toHaveLength(2);
    expect(shapes[0]!.path).toMatch(/h0$/);
  });

  it('writes what its axes mean', () => {
    const days = layoutChart(ask('transfer'), size);
    const hours = layoutChart(ask('tokens', {}, { period: { days: 2 }, windowSize: 'HOUR' }), size);

    expect(days.y[1]!.label).toMatch(/GB$/);
    expect(days.x.map(({ label }) => label).slice(0, 3)).toEqual(['Nov 1', 'Nov 4', 'Nov 7']);
    expect(hours.x.map(({ label }) => label.replace(/\s/g, ' ')).slice(0, 4)).toEqual(['Nov 17', '6 AM', '12 PM', '6 PM']);
  });

  it('keeps labels apart on a phone', () => {
    for (const windowSize of ['DAY', 'HOUR'] as const) {
      const { x } = layoutChart(ask('tokens', {}, { period: { days: 30 }, windowSize }), { ...size, width: 320 });
      x.forEach((tick, index) => index && expect(tick.at - x[index - 1]!.at).toBeGreaterThan(45));
      expect(x.length).toBeGreaterThan(2);
    }
  });

  it('has room for the level of what is included', () => {
    const layout = layoutChart(ask('tokens', { cumulative: true }), { ...size, cumulative: true, level: 25_000_000 });

    expect(layout.form).toBe('area');
    expect(layout.level).toBeGreaterThanOrEqual(layout.top);
    expect(layout.shapes[0]!.path.endsWith('z')).toBe(true);
  });
});

describe('a file', () => {
  it('has a row for each value, in the server’s columns', () => {
    const series = ask('tokens', { groupBy: ['model'], top: 2 });
    const lines = csvOf(series, 'acme').split('\r\n');

    expect(lines[0]).toBe('\ufeffwindow_start,window_end,subject,model,other,value');
    expect(lines[1]).toMatch(/^2026-11-01T04:00:00Z,2026-11-02T05:00:00Z,acme,[\w.-]+,,\d+$/);
    expect(lines.filter((line) => line.includes(',acme,,true,'))).toHaveLength(18);
    expect(csvName(series)).toBe('tokens_2026-11-01_2026-11-30_America-New_York.csv');
  });

  it('starts no formula', () => {
    const harmful: Sample = { ...sample, events: ['=1+1', '+cmd', '@x', '-2+3', 'a,"b"', '-5'].map((model, at) => ({ time: now - at, data: { model, tokens: at + 1 } })) };
    const series = seriesOf(answerOf({ period: { days: 1 }, timeZone: zone, windowSize: 'DAY', meters: [{ meter: 'tokens', groupBy: ['model'] }] }, harmful, now), 'tokens', now)!;
    const cells = csvOf(series).split('\r\n').slice(1, -1).map((line) => line.split(',').slice(3, -1).join(','));

    expect(cells.sort()).toEqual(['"a,""b"""', "'+cmd", "'-2+3", "'=1+1", "'@x", '-5']);
  });
});
