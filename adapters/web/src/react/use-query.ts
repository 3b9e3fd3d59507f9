import { QueryObserver, type QueryClient, type QueryObserverOptions, type QueryObserverResult } from '@tanstack/query-core';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';

/**
 * TanStack's own hook without what we have no use for: suspense, error boundaries, hydration, and a
 * client from the context, which might be a page's own of another version.
 * @internal
 */
export function useQuery<T, E>(options: QueryObserverOptions<T, E>, client: QueryClient): QueryObserverResult<T, E> {
  const defaulted = client.defaultQueryOptions(options);
  defaulted._optimisticResults = 'optimistic';
  const observer = useMemo(() => new QueryObserver<T, E>(client, defaulted), [client]);
  const result = observer.getOptimisticResult(defaulted);
  useSyncExternalStore(
    useCallback((changed) => {
      const stop = observer.subscribe(changed);
      observer.updateResult();
      return stop;
    }, [observer]),
    () => observer.getCurrentResult(),
    () => observer.getCurrentResult(),
  );
  useEffect(() => observer.setOptions(defaulted));
  return result;
}
