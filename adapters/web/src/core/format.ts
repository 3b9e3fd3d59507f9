import type { Num, WindowSize } from './wire.js';

/** A number as it travels, or any other; a decimal string keeps all of its digits. */
export type Numeric = Num | number | string | null | undefined;

/** The largest unit in which a number stays readable, and how to write numbers of it. */
export interface Scale {
  factor: number;
  format: (value: number) => string;
}

const BYTES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const SECONDS: [number, string][] = [[3600, 'hour'], [60, 'minute'], [1, 'second'], [0.001, 'millisecond']];
const TIMES: Record<string, number> = { ms: 0.001, millisecond: 0.001, s: 1, second: 1, min: 60, minute: 60, h: 3600, hour: 3600 };

/** Units that change with the size of the number, and how much of the smallest of them one is. */
function familyOf(unit: string): [family?: 'byte' | 'binary' | 'time', factor?: number] {
  const bytes = /^([kKMGTP]?)(i?)(B|By|bytes?)$/.exec(unit);
  if (bytes) return [bytes[2] ? 'binary' : 'byte', (bytes[2] ? 1024 : 1000) ** ' KMGTP'.indexOf(bytes[1]!.toUpperCase() || ' ')];
  const time = TIMES[unit] ?? TIMES[unit.slice(0, -1)];
  return time ? ['time', time] : [];
}

/** Every digit that matters to a reader, grouped, with the meter's unit: "1,243,554 tokens". */
export function formatFull(number: Numeric, locale?: string, unit?: string): string {
  const value = doubleOf(number);
  if (value === null) return '–';
  const text = numberFormat(locale, { ...digits(value), ...currency(unit) })
    .format(exactOf(number) as Intl.StringNumericLiteral);
  return withUnit(text, unit, value, locale);
}

/** Three digits or so: "1.24M tokens", "3.2 GB", "5.1 hr". */
export function formatCompact(number: Numeric, locale?: string, unit?: string): string {
  const value = doubleOf(number);
  return value === null ? '–' : scaleFor(Math.abs(value), locale, unit).format(value);
}

/** How to label an axis up to this value; `factor` makes round ticks round in the shown unit. */
export function scaleFor(greatest: number, locale?: string, unit?: string, suffix = true): Scale {
  const [family, factor] = familyOf(unit ?? '');
  if (family && factor) {
    const steps: [number, string][] = family === 'time' ? SECONDS
      : (family === 'byte' ? BYTES : BINARY).map((name, at): [number, string] => [(family === 'byte' ? 1000 : 1024) ** at, name]).reverse();
    const [size, name] = steps.find(([step]) => greatest * factor >= step) ?? steps[steps.length - 1]!;
    const options: Intl.NumberFormatOptions = { maximumSignificantDigits: 3 };
    if (family !== 'binary') Object.assign(options, { style: 'unit', unit: name, unitDisplay: name === 'byte' ? 'long' : 'short' });
    const format = numberFormat(locale, options);
    return {
      factor: size / factor,
      format: (value) => format.format((value * factor) / size) + (family === 'binary' ? ` ${name}` : ''),
    };
  }
  const options: Intl.NumberFormatOptions = greatest >= 10_000
    ? { notation: 'compact', maximumSignificantDigits: 3 }
    : greatest >= 1 ? { maximumFractionDigits: greatest < 10 ? 2 : 1 } : { maximumSignificantDigits: 3 };
  const money = currency(unit);
  const format = numberFormat(locale, { ...options, ...money });
  return { factor: 1, format: (value) => (suffix ? withUnit(format.format(value), unit, value, locale) : format.format(value)) };
}

/** Whether the unit changes with the size of the number, as bytes and times do. */
export function scalesWithSize(unit: string | undefined): boolean {
  return !!familyOf(unit ?? '')[0];
}

/** Bytes, times, money and percent are written into each number; any other unit stands once, beside them. */
export function writtenUnit(unit: string | undefined): string | undefined {
  return unit && (scalesWithSize(unit) || currency(unit).style || /^(%|percent)$/.test(unit)) ? unit : undefined;
}

/** A share or a change: "+12.4%" with the sign on request. */
export function formatPercent(ratio: number, locale?: string, signed = false): string {
  const places = ratio && Math.abs(ratio) < 1 ? 1 : 0;
  return numberFormat(locale, {
    style: 'percent', minimumFractionDigits: places, maximumFractionDigits: places,
    ...(signed && { signDisplay: 'exceptZero' }),
  }).format(ratio);
}

/** The start of a window in words that fit its size. */
export function windowLabel(start: number, size: WindowSize, locale: string | undefined, zone: string, style: 'long' | 'row' = 'long'): string {
  const options: Intl.DateTimeFormatOptions = size === 'MONTH' ? { year: 'numeric', month: 'long' }
    : { weekday: 'short', month: 'short', day: 'numeric', ...(style === 'row' && { year: 'numeric' }) };
  if (size === 'HOUR' || size === 'MINUTE') {
    Object.assign(options, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' });
    if (style === 'row') delete options.weekday;
  }
  return dateFormat(locale, zone, options).format(start);
}

/** "Nov 1 – 30, 2026": the dates of a half-open span. */
export function spanLabel(from: number, to: number, locale: string | undefined, zone: string): string {
  const sub = to - from < 23 * 3_600_000;
  const format = dateFormat(locale, zone, {
    year: 'numeric', month: 'short', day: 'numeric', ...(sub && { hour: 'numeric', minute: '2-digit' }),
  });
  return format.formatRange(from, to - 1 + (sub ? 1 : 0));
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

export function numberFormat(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(numberFormats, [locale, options], () => new Intl.NumberFormat(locale, options));
}

export function dateFormat(locale: string | undefined, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dateFormats, [locale, zone, options], () => new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }));
}

export function doubleOf(number: Numeric): number | null {
  if (number === null || number === undefined) return null;
  if (typeof number === 'object') return number.value;
  return Number(number);
}

function exactOf(number: Numeric): number | string {
  return typeof number === 'object' && number ? number.exact : (number as number | string);
}

/** An average may have 34 digits, and nobody reads them; the table's file has them all. */
function digits(value: number): Intl.NumberFormatOptions {
  const size = Math.abs(value);
  if (size >= 1) return { maximumFractionDigits: size >= 100 ? 2 : 4 };
  return { maximumSignificantDigits: 6 };
}

function currency(unit: string | undefined): Intl.NumberFormatOptions {
  const known = unit && /^[A-Z]{3}$/.test(unit) && Intl.supportedValuesOf?.('currency').includes(unit);
  return known ? { style: 'currency', currency: unit } : {};
}

function withUnit(text: string, unit: string | undefined, value: number, locale: string | undefined): string {
  if (!unit || currency(unit).style) return text;
  if (unit === '%' || unit === 'percent') return formatPercent(value / 100, locale);
  return `${text} ${unit}`;
}

function kept<T>(store: Map<string, T>, key: unknown, make: () => T): T {
  const text = JSON.stringify(key);
  const old = store.get(text);
  if (old) return old;
  const made = make();
  store.set(text, made);
  return made;
}
