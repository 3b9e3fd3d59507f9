import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast } from '../src/hosted/contrast.js';
import { hostOrigin } from '../src/hosted/origin.js';
import { chartDirectionOf, directionOf, en, textOf, type Strings } from '../src/react/strings.js';
import { customProperty } from '../src/react/root.js';
import { searchOfView, viewOfSearch } from '../src/react/view.js';

const files = readdirSync('src/locales').map((file) => file.replace('.ts', ''));
const load = async (name: string): Promise<Strings> => ((await import(`../src/locales/${name}.ts`)) as { strings: Strings }).strings;
const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('languages', () => {
  it('are the eight that we promise', () => {
    expect([...files, 'en'].sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt-BR', 'zh-Hans']);
  });

  it.each(files)('%s has every text, with the same places to fill in', async (name) => {
    const strings = await load(name) as Record<string, string>;

    for (const [key, text] of Object.entries(en)) {
      expect(strings[key], key).toBeTruthy();
      if (!/_one$/.test(key)) expect(holes(strings[key]!), key).toEqual(holes(text));
    }
  });

  it.each([...files, 'en'])('%s has every plural form that its rules can ask for', async (name) => {
    const strings = (name === 'en' ? en : await load(name)) as Record<string, string>;
    const text = textOf(name, strings);

    for (const key of ['daysLeft', 'lastDays', 'lastMonths', 'waiting'] as const) {
      for (const n of [1, 2, 3, 7, 11, 30, 90, 100]) expect(text(key, { n })).not.toMatch(/[{}]|_/);
    }
  });

  it('give way to a page’s own words', () => {
    const text = textOf('de', { title: 'Verbrauch' }, (key, { range }) => (key === 'loaded' ? `<${range}>` : undefined));

    expect([text('title'), text('loaded', { range: 'x' }), text('retry')]).toEqual(['Verbrauch', '<x>', 'Try again']);
  });

  it('run from the right where they do, and charts only in some of those', () => {
    expect(['ar-EG', 'he', 'fa', 'ur', 'en', 'arn', undefined].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr', 'ltr']);
    expect(['ar', 'he', 'fa', 'ur', 'en'].map(chartDirectionOf)).toEqual(['rtl', 'rtl', 'ltr', 'ltr', 'ltr']);
  });
});

describe('a view', () => {
  it('survives an address', () => {
    const view = {
      meter: 'tokens', period: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' }, windowSize: 'HOUR' as const,
      timeZone: 'Asia/Tokyo', groupBy: 'model', filter: { model: ['a&b', 'ü'] }, compare: true, cumulative: true, table: true,
    };

    expect(viewOfSearch(searchOfView(view))).toEqual(view);
    expect(viewOfSearch(searchOfView({ period: { days: 7 } }))).toEqual({ period: { days: 7 } });
  });

  it('ignores what makes no sense', () => {
    expect(viewOfSearch('period=x&days=-1&range=b/a&window=YEAR&table=yes')).toEqual({});
  });
});

it('names custom properties after the appearance’s variables', () => {
  expect(['colorPrimary', 'colorTextMuted', 'series1', 'seriesOther', 'chartHeight'].map(customProperty)).toEqual(
    ['--up-color-primary', '--up-color-text-muted', '--up-series-1', '--up-series-other', '--up-chart-height']);
});

describe('the page around the hosted page', () => {
  it('is trusted when it is named, allowed, and really there', () => {
    const origin = 'https://app.example.com';

    expect(hostOrigin(origin, '*', undefined)).toBe(origin);
    expect(hostOrigin(origin, `https://x.example ${origin}`, origin)).toBe(origin);
  });

  it.each([
    [null, '*', undefined], ['*', '*', undefined], ['null', '*', undefined], ['javascript:alert(1)', '*', undefined], ['https://app.example.com/path', '*', undefined],
    ['https://APP.example.com', '*', undefined], ['https://user@app.example.com', '*', undefined], ['https://app.example.com', '', 'https://app.example.com'],
    ['https://evil.example', 'https://app.example.com', undefined], ['https://app.example.com', '*', 'https://evil.example'],
  ])('is not for %s, with %s allowed, in %s', (named, allowed, around) => expect(hostOrigin(named, allowed, around)).toBeNull());
});

it('knows contrasts', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#ffffff', '#ffffff')).toBe(1);
});
