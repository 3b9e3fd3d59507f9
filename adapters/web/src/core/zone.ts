import { dateFormat } from './format.js';
import type { WindowSize } from './wire.js';

/** The local date and time of an instant; `month` counts from 1. */
export interface Local {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function formatOf(zone: string): Intl.DateTimeFormat {
  return dateFormat('en-US', zone, {
    hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
}

export function isZone(zone: string): boolean {
  try {
    return !!formatOf(zone);
  } catch {
    return false;
  }
}

/** Offsets of whole UTC days, null for those in which a clock changes; asking the browser is slow. */
const daily = new Map<string, number | null>();

/** Milliseconds that local time is ahead of UTC. */
export function offsetAt(instant: number, zone: string): number {
  const day = Math.floor(instant / DAY);
  const key = `${zone} ${day}`;
  let offset = daily.get(key);
  if (offset === undefined) {
    offset = exactOffset(day * DAY, zone);
    if (offset !== exactOffset((day + 1) * DAY - 1, zone)) offset = null;
    daily.set(key, offset);
  }
  return offset ?? exactOffset(instant, zone);
}

function exactOffset(instant: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const local = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second);
  return local - Math.floor(instant / 1000) * 1000;
}

export function localOf(instant: number, zone: string): Local {
  const local = new Date(instant + offsetAt(instant, zone));
  return {
    year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(),
    hour: local.getUTCHours(), minute: local.getUTCMinutes(),
  };
}

/** The first instant of a local date, also where clocks skip midnight. Days and months may overflow. */
export function startOfDay(year: number, month: number, day: number, zone: string): number {
  const wanted = Date.UTC(year, month - 1, day);
  const before = offsetAt(wanted - DAY, zone);
  const after = offsetAt(wanted + DAY, zone);
  for (const offset of [before, after]) {
    if (offsetAt(wanted - offset, zone) === offset) return wanted - offset;
  }
  return changeBetween(wanted - after, wanted - before, zone);
}

/** Whole days later or earlier on the calendar of the zone, at the start of that day. */
export function addDays(instant: number, days: number, zone: string): number {
  const { year, month, day } = localOf(instant, zone);
  return startOfDay(year, month, day + days, zone);
}

export function addMonths(instant: number, months: number, zone: string): number {
  const { year, month } = localOf(instant, zone);
  return startOfDay(year, month + months, 1, zone);
}

/** The start of the window that holds the instant. */
export function floorTo(instant: number, size: WindowSize, zone: string): number {
  if (size === 'DAY') return addDays(instant, 0, zone);
  if (size === 'MONTH') return addMonths(instant, 0, zone);
  const length = size === 'HOUR' ? HOUR : MINUTE;
  const offset = offsetAt(instant, zone);
  const start = Math.floor((instant + offset) / length) * length - offset;
  return offsetAt(start, zone) === offset ? start : changeBetween(start, instant, zone);
}

/** The end of the window that starts here: at most an hour, and never across a clock change. */
export function windowEnd(start: number, size: WindowSize, zone: string): number {
  if (size === 'DAY') return nextDay(start, zone);
  if (size === 'MONTH') return addMonths(start, 1, zone);
  const length = size === 'HOUR' ? HOUR : MINUTE;
  const offset = offsetAt(start, zone);
  const end = Math.floor((start + offset) / length + 1) * length - offset;
  return offsetAt(end - 1, zone) === offset ? end : changeBetween(start, end, zone);
}

/** The half-open windows that touch `[from, to)`. */
export function windowsOf(from: number, to: number, size: WindowSize, zone: string): { start: number; end: number }[] {
  const windows = [];
  for (let start = floorTo(from, size, zone); start < to;) {
    const end = windowEnd(start, size, zone);
    windows.push({ start, end });
    start = end;
  }
  return windows;
}

/** A date may be missing altogether, as in Apia in December 2011. */
function nextDay(start: number, zone: string): number {
  let end = addDays(start, 1, zone);
  for (let days = 2; end <= start; days++) end = addDays(start, days, zone);
  return end;
}

function changeBetween(early: number, late: number, zone: string): number {
  const offset = offsetAt(early, zone);
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2000) * 1000;
    if (offsetAt(middle, zone) === offset) early = middle;
    else late = middle;
  }
  return late;
}
