import { keepPreviousData } from '@tanstack/query-core';
import { useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { PortalClient, UsageSource } from '../core/client.js';
import type { LiveStatus } from '../core/live.js';
import { autoWindow, spanOf } from '../core/period.js';
import type { PortalError } from '../core/problem.js';
import { seriesOf, type UsageSeries } from '../core/series.js';
import type { TokenStatus } from '../core/token.js';
import type {
  MeterQuery, MeterQueryResult, MeterRequest, Period, PortalMeter, Session, UsageAnswer, UsageRequest, WindowSize,
} from '../core/wire.js';
import { PortalContext, usePortal } from './context.js';
import { useQuery } from './use-query.js';

/** Options of every data hook. */
export interface HookOptions {
  enabled?: boolean;
  staleTime?: number;
  /** Instead of the provider's live updates. */
  refetchInterval?: number | false;
  /** Shows the data of the question before while the next one loads; on unless switched off. */
  keepPreviousData?: boolean;
}

/** What every data hook gives. `data` stays while it is fetched again and when that fails. */
export interface Result<T> {
  data: T | undefined;
  error: PortalError | null;
  /** No data yet. */
  isPending: boolean;
  isFetching: boolean;
  isError: boolean;
  isStale: boolean;
  /** `data` still answers the question before. */
  isPlaceholder: boolean;
  /** Why the next try is waited for, and how many were made. */
  waiting: { error: PortalError; tries: number } | null;
  /** When the server was last asked, by its clock. */
  updatedAt: number | undefined;
  refetch(): void;
}

/** As TanStack Query calls it, and any other cache can take it. */
export type QueryKey = readonly unknown[];

export function keyOf(kind: string, ...rest: readonly unknown[]): QueryKey {
  return ['meterport', kind, ...rest];
}

/** The client, or null while there is neither a token nor a way to get one, and outside a provider. */
export function useOpenMeter(): PortalClient | null {
  return (useContext(PortalContext)?.source ?? null) as PortalClient | null;
}

export interface UseUsageOptions extends Omit<MeterQuery, 'windowTimeZone'> {
  meter: string;
  /** Instead of `from` and `to`. */
  period?: Period;
  timeZone?: string;
}

/** The rows of one meter, as OpenMeter's own query gives them. */
export function useUsage({ meter, ...options }: UseUsageOptions, hook: HookOptions & { initialData?: MeterQueryResult } = {}): Result<MeterQueryResult> {
  const portal = usePortal();
  const session = useSession();
  const zone = options.timeZone ?? portal.timeZone ?? session.data?.timeZone ?? 'UTC';
  const query = useMemo(() => meterQuery(options, zone, portal.source?.tokens.now() ?? Date.now(), session.data), [JSON.stringify(options), zone, session.data?.billing]);
  // When a billing period begins, only the session knows.
  const known = typeof options.period !== 'string' || !!session.data || !!session.error;
  return useAsked(usageKey(meter, query), (source, signal) =>
    (source as PortalClient).queryPortalMeter({ meter, ...query }, { signal }).then(({ data }) => data),
  { ...hook, enabled: hook.enabled !== false && known });
}

/** The name under which the answer to a question is kept, in whatever cache. */
export function usageKey(meter: string, query: MeterQuery = {}): readonly ['meterport', 'rows', string, MeterQuery] {
  return ['meterport', 'rows', meter, query];
}

/** For SWR: `useSWR(usageKey('tokens', { … }), usageFetcher(client))`. */
export function usageFetcher(client: PortalClient): (key: ReturnType<typeof usageKey>) => Promise<MeterQueryResult> {
  return ([, , meter, query]) => client.queryPortalMeter({ meter, ...query }).then(({ data }) => data);
}

/** For a TanStack client of your own: `useQuery(usageQueryOptions(client, 'tokens', { … }))`. */
export function usageQueryOptions(client: PortalClient, meter: string, query: MeterQuery = {}): {
  queryKey: QueryKey;
  queryFn: (context: { signal?: AbortSignal }) => Promise<MeterQueryResult>;
} {
  return {
    queryKey: usageKey(meter, query),
    queryFn: ({ signal }) => client.queryPortalMeter({ meter, ...query }, signal && { signal }).then(({ data }) => data),
  };
}

export interface UseUsageSeriesOptions extends MeterRequest {
  period?: Period;
  timeZone?: string;
  windowSize?: WindowSize;
}

/** One meter ready to draw: windows, lines, totals, the period before. */
export function useUsageSeries(options: UseUsageSeriesOptions, hook: HookOptions = {}): Result<UsageSeries> {
  const portal = usePortal();
  const { period, timeZone = portal.timeZone, windowSize, ...meter } = options;
  const result = useUsageAnswer({
    ...(period && { period }), ...(timeZone && { timeZone }), ...(windowSize && { windowSize }),
    meters: [{ fill: true, ...meter }],
  }, hook);
  return useSeries(result, meter.meter);
}

/** Several meters in one call, as they travel. */
export function useUsageAnswer(request: UsageRequest, hook: HookOptions = {}): Result<UsageAnswer> {
  return useAsked(keyOf('usage', request), (source, signal) => source.usage(request, { signal }), hook);
}

export function useSeries(result: Result<UsageAnswer>, meter: string): Result<UsageSeries> {
  const now = useOpenMeter()?.tokens.now() ?? 0;
  const data = useMemo(() => result.data && seriesOf(result.data, meter, now), [result.data, meter]);
  return { ...result, data };
}

/** The meters that the token may read. */
export function useMeters(hook: HookOptions = {}): Result<readonly PortalMeter[]> {
  return useAsked(keyOf('meters'), (source, signal) => source.meters({ signal }), { staleTime: 60_000, refetchInterval: false, ...hook });
}

export function useSession(hook: HookOptions = {}): Result<Session> {
  return useAsked(keyOf('session'), (source, signal) => source.session({ signal }), { staleTime: 60_000, refetchInterval: false, ...hook });
}

export interface PortalSession {
  status: TokenStatus;
  subject: Session['subject'] | undefined;
  expiresAt: Date | undefined;
  session: Session | undefined;
  /** Fetches a new token now. */
  refresh(): Promise<void>;
}

/** Whose usage this is and how the token is. */
export function usePortalSession(): PortalSession {
  const { source } = usePortal();
  const { data } = useSession();
  const status = useTokenStatus();
  const expiresAt = source?.tokens.expiresAt;
  return {
    status, subject: data?.subject, session: data,
    expiresAt: expiresAt ? new Date(expiresAt) : undefined,
    refresh: async () => void (await source?.tokens.refresh('expiring')),
  };
}

export function useTokenStatus(): TokenStatus {
  const { source } = usePortal();
  const watch = useCallback((watcher: () => void) => source?.tokens.watch(watcher) ?? nothing, [source]);
  return useSyncExternalStore(watch, () => source?.tokens.status ?? 'none', () => 'none');
}

export interface LiveState {
  status: LiveStatus;
  pause(): void;
  resume(): void;
}

/** Whether what is shown follows what happens, and how to halt that. */
export function useLiveStatus(): LiveState {
  const { live, source, intervalMillis } = usePortal();
  const watch = useCallback((watcher: () => void) => live?.watch(watcher) ?? nothing, [live]);
  const status = useSyncExternalStore(watch, () => live?.status ?? (source && intervalMillis ? 'connecting' : 'off'), () => 'off' as const);
  return { status, pause: () => live?.pause(), resume: () => live?.resume() };
}

function useAsked<T>(queryKey: QueryKey, ask: (source: UsageSource, signal: AbortSignal) => Promise<T>,
  { enabled = true, staleTime, refetchInterval, keepPreviousData: keep = true, initialData }: HookOptions & { initialData?: T }): Result<T> {
  const { source, queries, intervalMillis } = usePortal();
  const { status } = useLiveStatus();
  const interval = refetchInterval ?? pollMillis(status, intervalMillis);
  const result = useQuery<T, PortalError>({
    queryKey,
    queryFn: ({ signal }: { signal: AbortSignal }) => ask(source!, signal),
    enabled: enabled && !!source,
    // Asked rarely where changes are told, and less often while the server does not answer.
    refetchInterval: (query) => interval && interval * (query.state.status === 'error' ? 4 : 1),
    ...(staleTime !== undefined && { staleTime }),
    ...(keep && { placeholderData: keepPreviousData }),
    ...(initialData !== undefined && { initialData }),
  } as Parameters<typeof useQuery<T, PortalError>>[0], queries);
  const { data, error, isPending, isFetching, isError, isStale, isPlaceholderData, dataUpdatedAt, refetch } = result;
  const { failureReason, failureCount } = result;
  return {
    data, error, isPending, isFetching, isError, isStale, isPlaceholder: isPlaceholderData,
    waiting: isFetching && failureReason?.retryAfterMs !== undefined ? { error: failureReason, tries: failureCount } : null,
    updatedAt: dataUpdatedAt ? dataUpdatedAt + (source?.tokens.skew ?? 0) : undefined,
    refetch: () => void refetch(),
  };
}

function pollMillis(status: LiveStatus, interval: number): number | false {
  if (!interval || status === 'paused' || status === 'off') return false;
  return status === 'polling' ? interval : Math.max(interval, 60_000);
}

function meterQuery({ period, timeZone: _, ...query }: Omit<UseUsageOptions, 'meter'>, zone: string, now: number, session?: Session): MeterQuery {
  if (!period) return { ...query, windowTimeZone: zone };
  const span = spanOf(period, now, zone, session?.billing);
  return {
    windowSize: autoWindow(span), ...query, windowTimeZone: zone,
    from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString(),
  };
}

function nothing(): void {}
