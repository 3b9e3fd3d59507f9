export { PortalClient, PortalClient as OpenMeter } from './client.js';
export type {
  CallOptions, CsvFile, DatedResult, DatedRow, DateRange, PortalClientOptions, UsageSource,
} from './client.js';
export { PortalError, isPortalError } from './problem.js';
export { TokenKeeper } from './token.js';
export type { FetchToken, TokenAnswer, TokenReason, TokenStatus } from './token.js';
export type { LiveStatus, LiveUpdates } from './live.js';
export * from './wire.js';
export { addDays, addMonths, localOf, startOfDay, windowsOf } from './zone.js';
export type { Local } from './zone.js';
export { autoWindow, datesOf, fittingWindow, misfit, periodOfDates, periodOfMonths, spanOf } from './period.js';
export type { Span } from './period.js';
export { formatCompact, formatFull, formatPercent, scaleFor, spanLabel, windowLabel } from './format.js';
export type { Numeric, Scale } from './format.js';
export { changeOf, ColourBook, isAdditive, isEmpty, seriesOf } from './series.js';
export type { Line, PreviousLine, SeriesWindow, UsageSeries } from './series.js';
export { layoutChart } from './chart.js';
export type { ChartForm, ChartLayout, ChartOptions, Shape, Tick } from './chart.js';
export { ticksOf } from './ticks.js';
export { csvName, csvOf } from './table.js';
