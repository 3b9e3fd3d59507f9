/**
 * The bodies of the portal routes, as they travel. Those that docs/openapi.yaml describes come from
 * it; the rest is written by hand here until it does, and is then to be replaced.
 */
import type { components } from './openapi.js';

/** The length of a window. A const object and a type, so that both spellings of old code work. */
export const WindowSize = { Minute: 'MINUTE', Hour: 'HOUR', Day: 'DAY', Month: 'MONTH' } as const;
export type WindowSize = components['schemas']['WindowSize'];
export type Aggregation = components['schemas']['Aggregation'];

/** What the OpenMeter-compatible meter query answers, instants as ISO text. */
export type MeterQueryResult = components['schemas']['Usage'];
export type MeterQueryRow = components['schemas']['UsageRow'];

/** A filter on one dimension, with operators; see docs/openapi.yaml. */
export type DimensionFilter = components['schemas']['StringFilter'];

/** The parameters of the OpenMeter-compatible meter query. */
export interface MeterQuery {
  from?: string | Date;
  to?: string | Date;
  windowSize?: WindowSize;
  windowTimeZone?: string;
  groupBy?: readonly string[];
  filterGroupBy?: Readonly<Record<string, string | readonly string[]>>;
  advancedMeterGroupByFilters?: Readonly<Record<string, DimensionFilter>>;
}

/** A number twice: as a double to draw with, and as the exact decimal to show and to hand on. */
export interface Num {
  value: number;
  exact: string;
}

/** One window of one series. A null value is unknown or not there, which is not zero. */
export interface Point {
  windowStart: string;
  windowEnd: string;
  /** Whether the window is still open, so that its value can change. */
  partial: boolean;
  value: number | null;
  exact: string | null;
  cumulative?: Num | null;
}

/** `current` and `previous` are billing periods, or calendar months where the token names none. */
export type Period = 'current' | 'previous' | { days: number } | { from: string; to: string };

export interface MeterRequest {
  meter: string;
  groupBy?: readonly string[];
  /** Keeps the greatest groups and puts all others into `other`. */
  top?: number;
  filterGroupBy?: Readonly<Record<string, readonly string[]>>;
  advancedMeterGroupByFilters?: Readonly<Record<string, DimensionFilter>>;
  compare?: 'previous';
  cumulative?: boolean;
  /** Lists windows without events too. */
  fill?: boolean;
}

/** The question of `/portal/query`: several meters, one period. */
export interface UsageRequest {
  period?: Period;
  timeZone?: string;
  windowSize?: WindowSize;
  meters: readonly MeterRequest[];
}

export interface SeriesAnswer {
  group: Readonly<Record<string, string>>;
  total: Num | null;
  windows: readonly Point[];
}

export interface PreviousAnswer {
  from: string;
  to: string;
  /** The end of what is compared: earlier than `to` while the period is open. */
  comparedTo: string;
  total: Num | null;
  delta: Num | null;
  windows: readonly Point[];
}

export interface MeterAnswer {
  meter: string;
  name?: string;
  unit?: string;
  aggregation: Aggregation;
  groupBy: readonly string[];
  total: Num | null;
  windows: readonly Point[];
  series: readonly SeriesAnswer[];
  other?: { total: Num | null; windows: readonly Point[] };
  previous?: PreviousAnswer;
}

export interface UsageAnswer {
  subject?: string;
  from: string;
  to: string;
  timeZone: string;
  windowSize?: WindowSize;
  /** When something counted here last changed. */
  asOf?: string;
  /** Up to when nothing is missing any more. */
  completeUntil?: string;
  meters: readonly MeterAnswer[];
}

export interface PortalMeter {
  slug: string;
  name?: string;
  description?: string;
  unit?: string;
  aggregation: Aggregation;
  groupBy: readonly { key: string; label?: string }[];
}

export interface Range {
  from: string;
  to: string;
}

export interface Session {
  subject: { key: string; displayName?: string };
  expiresAt: string;
  serverTime: string;
  tokenId?: string;
  allowedMeterSlugs?: readonly string[];
  meters: readonly PortalMeter[];
  timeZone?: string;
  locale?: string;
  billing?: { anchor: string; interval: string; current: Range; previous: Range };
  /** What is included in the period, by meter. */
  allowances?: Readonly<Record<string, Num>>;
  longestRange?: string;
  smallestWindow?: WindowSize;
  events?: boolean;
}
