/** The bodies of the portal routes, as docs/openapi.yaml describes them, under shorter names. */
import type { components } from './openapi.js';

type Schemas = components['schemas'];

/** What is handed in is only read. */
type Given<T> = T extends (infer E)[] ? readonly Given<E>[] : T extends object ? { readonly [K in keyof T]: Given<T[K]> } : T;

/** The length of a window. A const object and a type, so that both spellings of old code work. */
export const WindowSize = { Minute: 'MINUTE', Hour: 'HOUR', Day: 'DAY', Month: 'MONTH' } as const;
export type WindowSize = Schemas['WindowSize'];
export type Aggregation = Schemas['Aggregation'];

/** What the OpenMeter-compatible meter query answers, instants as ISO text. */
export type MeterQueryResult = Schemas['Usage'];
export type MeterQueryRow = Schemas['UsageRow'];

/** A filter on one dimension, with operators. */
export type DimensionFilter = Schemas['StringFilter'];

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

/** The question of `/portal/query`: several meters, one period. */
export type UsageRequest = Given<Schemas['PageQuestion']>;
export type MeterRequest = UsageRequest['meters'][number];

/** `current` and `previous` are billing periods, or calendar months where the token names none. */
export type Period = NonNullable<UsageRequest['period']>;

export type UsageAnswer = Schemas['Page'];
export type MeterAnswer = Schemas['PageMeter'];

/** A number twice: as a double to draw with, and as the exact decimal to show and to hand on. */
export type Num = Schemas['Exact'];

/** One window of one series. A null value is unknown or not there, which is not zero. */
export type Point = Schemas['Series']['windows'][number];

export type Session = Schemas['PortalSession'];
export type PortalMeter = Schemas['PortalMeter'];
