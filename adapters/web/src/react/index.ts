'use client';

export { PortalClient, PortalClient as OpenMeter } from '../core/client.js';
export type { CallOptions, CsvFile, DatedResult, DatedRow, DateRange, PortalClientOptions, UsageSource } from '../core/client.js';
export type { LiveStatus } from '../core/live.js';
export { PortalError, isPortalError } from '../core/problem.js';
export type { Line, PreviousLine, SeriesWindow, UsageSeries } from '../core/series.js';
export type { FetchToken, TokenAnswer, TokenReason, TokenStatus } from '../core/token.js';
export * from '../core/wire.js';
export { UsagePortalProvider, UsagePortalProvider as OpenMeterProvider } from './provider.js';
export type { UsagePortalProviderProps } from './provider.js';
export { UsageDataProvider } from './data-provider.js';
export type { UsageData } from './data-source.js';
export type { Appearance, Labels, Look, Theme } from './context.js';
export {
  useLiveStatus, useMeters, useOpenMeter, usePortalSession, useUsage, useUsageAnswer, useUsageSeries, usageFetcher, usageKey, usageQueryOptions,
} from './queries.js';
export type {
  HookOptions, LiveState, PortalSession, Result, UseUsageOptions, UseUsageSeriesOptions,
} from './queries.js';
export { UsageDashboard } from './dashboard.js';
export type { UsageDashboardProps } from './dashboard.js';
export { UsageChart, UsageTable } from './parts.js';
export type { UsageChartProps } from './parts.js';
export { UsageTotal } from './total.js';
export type { UsageTotalProps } from './total.js';
export { GroupByPicker, PeriodPicker, WindowPicker, ZonePicker } from './controls.js';
export type { GroupByPickerProps, PeriodPickerProps, WindowPickerProps, ZonePickerProps } from './controls.js';
export { CsvButton } from './csv-button.js';
export type { CsvButtonProps } from './csv-button.js';
export { LiveBadge } from './live-badge.js';
export type { LiveBadgeProps } from './live-badge.js';
export { en } from './strings.js';
export type { Strings, StringKey, Translate, Values } from './strings.js';
export type { View } from './view.js';
