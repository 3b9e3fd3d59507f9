import { QueryClient } from '@tanstack/query-core';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { PortalClient, type UsageSource } from '../core/client.js';
import type { LiveUpdates } from '../core/live.js';
import { isPortalError } from '../core/problem.js';
import type { FetchToken } from '../core/token.js';
import type { PortalMeter, Session, UsageRequest } from '../core/wire.js';
import { PortalContext, type Look, type Portal } from './context.js';
import { keyOf } from './queries.js';
import { textOf } from './strings.js';

export interface UsagePortalProviderProps extends Look {
  /** Where Meterport is. */
  url?: string | undefined;
  /** A token of your backend's. Without it and without `fetchToken` nothing is asked yet. */
  token?: string | undefined;
  /** Asks your backend for a token: at first, before one expires, and when one is refused. */
  fetchToken?: FetchToken | undefined;
  /** Whose usage it is, if you know: another subject never sees the data of the one before. */
  subject?: string | undefined;
  /** A client of your own instead of `url`. */
  value?: UsageSource | null | undefined;
  /** Updates as they come (true), never (false), or at least so often. */
  live?: boolean | { intervalMs: number } | undefined;
  initialData?: { session?: Session; meters?: readonly PortalMeter[] } | undefined;
  fetch?: typeof fetch | undefined;
  onError?: ((error: Error) => void) | undefined;
  onTokenExpired?: (() => void) | undefined;
  children?: ReactNode;
}

const POLL_MILLIS = 5_000;
const BUSY = [429, 502, 503, 504];

/** Gives the hooks and components below it a client, a cache and a look. */
export function UsagePortalProvider(props: UsagePortalProviderProps): ReactNode {
  const { url, token, fetchToken, subject, value, live = true, children } = props;
  const latest = useRef(props);
  latest.current = props;

  // Data belongs to a subject: whoever comes next starts with none of it.
  const [turn, setTurn] = useState(0);
  const [colours] = useState(() => new Map<string, never>() as Portal['colours']);

  // What is below asks before an effect of ours could tell the client of its first token.
  const signedIn = Boolean(token || fetchToken);
  const own = useMemo(() => {
    if (value !== undefined || url === undefined) return null;
    return new PortalClient({
      url,
      ...(latest.current.token && { token: latest.current.token }),
      // An inline function is another one in each render, and no reason to start over.
      ...(latest.current.fetchToken && { fetchToken: (reason) => latest.current.fetchToken!(reason) }),
      fetch: (...call) => (latest.current.fetch ?? fetch)(...call),
    });
  }, [url, value !== undefined, subject, signedIn]);
  const ready = value !== undefined ? value : signedIn ? own : null;

  const queries = useMemo(() => newQueries(turn ? undefined : latest.current.initialData), [ready, turn]);

  // Hears when the page is seen again and when the network is back.
  useEffect(() => {
    queries.mount();
    return () => queries.unmount();
  }, [queries]);

  const [updates, setUpdates] = useState<LiveUpdates | null>(null);
  const wanted = live !== false;
  useEffect(() => {
    if (!wanted || !ready) return undefined;
    let current = true;
    let made: LiveUpdates | undefined;
    // Loaded after the first picture; until then, and if that fails, asking now and then has to do.
    void import('../core/live.js').then(({ LiveUpdates }) => {
      if (!current) return;
      made = new LiveUpdates(ready, changesTo(queries));
      made.start();
      setUpdates(made);
    }, () => {});
    return () => {
      current = false;
      made?.stop();
      setUpdates(null);
    };
  }, [wanted, ready, queries]);

  const hasFetch = !!fetchToken;
  useEffect(() => {
    own?.tokens.update(token, hasFetch ? (reason) => latest.current.fetchToken!(reason) : undefined);
  }, [own, token, hasFetch]);

  useEffect(() => {
    if (!ready) return undefined;
    ready.tokens.start();
    return () => ready.tokens.stop();
  }, [ready]);

  useEffect(() => {
    if (!ready) return undefined;
    let before = ready.tokens.status;
    let { taken } = ready.tokens;
    return ready.tokens.watch(() => {
      const { status } = ready.tokens;
      if (ready.tokens.taken !== taken) {
        ({ taken } = ready.tokens);
        void queries.invalidateQueries({ queryKey: keyOf('session') });
      }
      if (status === before) return;
      const over = status === 'expired' || status === 'ended';
      if (over) {
        updates?.suspend();
        latest.current.onTokenExpired?.();
      } else if (status === 'valid' && (before === 'expired' || before === 'ended')) {
        updates?.wake();
        void queries.invalidateQueries();
      }
      before = status;
    });
  }, [ready, updates, queries]);

  useEffect(() => {
    let last: unknown;
    let known: string | undefined;
    return queries.getQueryCache().subscribe(({ query }) => {
      const { error, data } = query.state;
      if (error && error !== last) latest.current.onError?.((last = error) as Error);
      if (query.queryKey[1] !== 'session') return;
      const key = (data as Session | undefined)?.subject.key;
      if (known !== undefined && key !== undefined && key !== known) setTurn((before) => before + 1);
      known = key ?? known;
    });
  }, [queries]);

  const { locale, timeZone, strings, translate, appearance, theme, chartDirection, labels } = props;
  const text = useMemo(() => textOf(locale, strings, translate), [locale, strings, translate]);
  const portal = useMemo((): Portal => ({
    source: ready, queries, live: updates, colours, text, locale, timeZone, strings, translate, appearance, theme, chartDirection, labels,
    intervalMillis: typeof live === 'object' ? live.intervalMs : live ? POLL_MILLIS : 0,
    onTokenExpired: props.onTokenExpired && (() => latest.current.onTokenExpired?.()),
  }), [ready, queries, updates, colours, text, locale, timeZone, strings, translate, appearance, theme, chartDirection, labels,
    typeof live === 'object' ? live.intervalMs : live, !!props.onTokenExpired]);

  return <PortalContext.Provider value={portal}>{children}</PortalContext.Provider>;
}

/** A client of our own, so that a page's TanStack Query, of whatever version, is none of our business. */
function newQueries(initial: UsagePortalProviderProps['initialData']): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: POLL_MILLIS,
        retry: (count, error) => {
          const status = isPortalError(error) ? error.status : -1;
          return BUSY.includes(status) ? count < 10 : status === 0 && count < 2;
        },
        retryDelay: (count, error) => (isPortalError(error) && error.retryAfterMs) || Math.min(30_000, 1_000 * 2 ** count),
      },
    },
  });
  if (initial?.session) queries.setQueryData(keyOf('session'), initial.session);
  if (initial?.meters) queries.setQueryData(keyOf('meters'), initial.meters);
  return queries;
}

/** Fetches again what a change concerns: one round at a time, and one more if something came meanwhile. */
function changesTo(queries: QueryClient): (meter: string | null) => void {
  const waiting = new Set<string | null>();
  let busy = false;
  return (meter) => {
    waiting.add(meter);
    if (busy) return;
    busy = true;
    void (async () => {
      while (waiting.size) {
        const changed = new Set(waiting);
        waiting.clear();
        await queries.invalidateQueries({
          predicate: ({ queryKey }) => changed.has(null) || concerns(queryKey, changed),
        });
      }
      busy = false;
    })();
  };
}

function concerns([, kind, question]: readonly unknown[], changed: ReadonlySet<string | null>): boolean {
  if (kind === 'rows' || kind === 'values') return changed.has(question as string);
  return kind === 'usage' && (question as UsageRequest).meters.some(({ meter }) => changed.has(meter));
}
