import type { Period, Session, WindowSize } from './wire.js';
import { addDays, addMonths, localOf, startOfDay, windowEnd } from './zone.js';

/** A half-open range of instants in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LENGTHS: Record<WindowSize, number> = { MINUTE: 60_000, HOUR, DAY, MONTH: 28 * DAY };

export const WINDOW_SIZES: readonly WindowSize[] = ['MINUTE', 'HOUR', 'DAY', 'MONTH'];
export const MOST_WINDOWS = 2_500;

/** What the server will make of a period; the end is a midnight, so that addresses stay the same all day. */
export function spanOf(period: Period, now: number, zone: string, billing?: Session['billing']): Span {
  if (typeof period === 'object' && 'days' in period) {
    return { from: addDays(now, 1 - period.days, zone), to: addDays(now, 1, zone) };
  }
  const range = typeof period === 'object' ? period : billing?.[period];
  if (range) return { from: Date.parse(range.from), to: Date.parse(range.to) };
  const months = period === 'previous' ? -1 : 0;
  return { from: addMonths(now, months, zone), to: addMonths(now, months + 1, zone) };
}

/** Whole days from the first date to the last, both included, as `YYYY-MM-DD` in the zone. */
export function periodOfDates(first: string, last: string, zone: string): Period {
  return { from: iso(midnight(first, 0, zone)), to: iso(midnight(last, 1, zone)) };
}

/** This many calendar months up to and with the one that holds now. */
export function periodOfMonths(months: number, now: number, zone: string): Period {
  return { from: iso(addMonths(now, 1 - months, zone)), to: iso(addMonths(now, 1, zone)) };
}

/** The first and the last date of a span, for date fields. */
export function datesOf({ from, to }: Span, zone: string): [first: string, last: string] {
  return [dateText(from, zone), dateText(to - 1, zone)];
}

export function autoWindow({ from, to }: Span): WindowSize {
  const hours = (to - from) / HOUR;
  if (hours <= 3) return 'MINUTE';
  if (hours <= 49) return 'HOUR';
  return hours <= 93 * 24 ? 'DAY' : 'MONTH';
}

/** Why a window size does not fit a span, or null if it does. */
export function misfit(size: WindowSize, span: Span, smallest?: WindowSize): 'too-many' | 'too-few' | 'not-allowed' | null {
  if (smallest && WINDOW_SIZES.indexOf(size) < WINDOW_SIZES.indexOf(smallest)) return 'not-allowed';
  const count = (span.to - span.from) / LENGTHS[size];
  if (count > MOST_WINDOWS) return 'too-many';
  return count < 1.9 ? 'too-few' : null;
}

/** The size asked for, or the next that fits. */
export function fittingWindow(size: WindowSize | 'AUTO', span: Span, smallest?: WindowSize): WindowSize {
  const wanted = size === 'AUTO' ? autoWindow(span) : size;
  const reason = misfit(wanted, span, smallest);
  if (!reason || (reason === 'too-few' && size === 'AUTO')) return wanted;
  const order = reason === 'too-few' ? [...WINDOW_SIZES].reverse() : WINDOW_SIZES;
  return order.find((other) => !misfit(other, span, smallest)) ?? smallest ?? wanted;
}

/** The next size up that fits the span. */
export function bigger(size: WindowSize, span: Span): WindowSize | undefined {
  return WINDOW_SIZES.slice(WINDOW_SIZES.indexOf(size) + 1).find((other) => !misfit(other, span));
}

export function smaller(size: WindowSize): WindowSize | undefined {
  return WINDOW_SIZES[WINDOW_SIZES.indexOf(size) - 1];
}

/** Milliseconds of an ISO 8601 duration of days and time, such as `P31D` or `PT24H`. */
export function millisOf(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? [];
  return Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * 60_000 + Number(seconds) * 1000;
}

/** Days that are still to come, today included; none when the span is over. */
export function daysLeft({ to }: Span, now: number, zone: string): number {
  let days = 0;
  for (let day = addDays(now, 0, zone); day < to && days < 400; day = windowEnd(day, 'DAY', zone)) days++;
  return days;
}

function midnight(date: string, plus: number, zone: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return startOfDay(year, month, day + plus, zone);
}

function dateText(instant: number, zone: string): string {
  const { year, month, day } = localOf(instant, zone);
  return [String(year).padStart(4, '0'), ...[month, day].map((n) => String(n).padStart(2, '0'))].join('-');
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
