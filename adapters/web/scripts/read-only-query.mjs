/**
 * TanStack Query without what only readers of pages never do: writing, endless lists, asking outside of
 * a component. Minifiers drop no methods, as they cannot know who calls them; we do, and our tests too.
 */
import { readFile } from 'node:fs/promises';
import ts from 'typescript';

const UNUSED = {
  queryClient: [
    'isFetching', 'isMutating', 'getQueryData', 'ensureQueryData', 'getQueriesData', 'setQueriesData', 'getQueryState', 'removeQueries', 'resetQueries',
    'cancelQueries', 'query', 'fetchQuery', 'prefetchQuery', 'infiniteQuery', 'fetchInfiniteQuery', 'prefetchInfiniteQuery', 'ensureInfiniteQueryData',
    'getMutationCache', 'setDefaultOptions', 'setQueryDefaults', 'setMutationDefaults', 'getMutationDefaults', 'defaultMutationOptions', 'clear',
  ],
  queryObserver: ['trackResult', 'trackProp', 'fetchOptimistic'],
  queryCache: ['clear', 'find'],
  focusManager: ['setFocused'],
};

/** Long names of TanStack's own, which never leave a file that has all of it: they may become short ones. */
export const INTERNAL_NAMES = new RegExp(`^(${[
  'addConsumeAwareSignal', 'addObserver', 'batchCalls', 'cancelRefetch', 'cancelRetry', 'canStart', 'clearGcTimeout', 'continueRetry', 'createResult', 'dataUpdateCount',
  'dataUpdatedAt', 'defaultOptions', 'defaultQueryOptions', 'errorUpdateCount', 'errorUpdatedAt', 'fetchFailureCount', 'fetchFailureReason', 'fetchMeta', 'fetchOptions',
  'fetchStatus', 'getCurrentResult', 'getDefaultOptions', 'getObserversCount', 'getOptimisticResult', 'getQueryCache', 'getQueryDefaults', 'hasListeners', 'initialDataUpdatedAt',
  'initialPromise', 'invalidateQueries', 'isDisabled', 'isEnabled', 'isFetchedAfterMount', 'isInitialLoading', 'isInvalidated', 'isLoadingError', 'isPlaceholderData',
  'isRefetchError', 'isRefetching', 'isStaleByTime', 'mutationCache', 'networkMode', 'notifyOnChangeProps', 'onQueryUpdate', 'onSubscribe', 'onUnsubscribe', 'optionalRemove',
  'persister', 'placeholderData', 'queryCache', 'queryHash', 'queryKeyHashFn', 'refetchInterval', 'refetchIntervalInBackground', 'refetchOnMount', 'refetchOnReconnect',
  'refetchOnWindowFocus', 'refetchQueries', 'refetchType', 'removeObserver', 'resumePausedMutations', 'retryDelay', 'retryOnMount', 'scheduleGc', 'setBatchNotifyFunction',
  'setEventListener', 'setNotifyFunction', 'setOnline', 'setQueryData', 'setScheduler', 'shouldFetchOnReconnect', 'shouldFetchOnWindowFocus', 'structuralSharing',
  'throwOnError', 'updateGcTime', 'updateResult',
].join('|')})$`);

/** Nothing is written, so nothing that was to be written waits. */
const STUBS = {
  mutationCache: 'export class MutationCache { resumePausedMutations() { return Promise.resolve(); } }',
  infiniteQueryBehavior: 'export function infiniteQueryBehavior() {} export function hasNextPage() {} export function hasPreviousPage() {}',
};

export const readOnlyQuery = {
  name: 'read-only-query',
  setup({ onLoad }) {
    onLoad({ filter: /query-core[\\/]build[\\/]modern[\\/]\w+\.js$/ }, async ({ path }) => {
      const name = /(\w+)\.js$/.exec(path)[1];
      if (STUBS[name]) return { contents: STUBS[name] };
      return UNUSED[name] ? { contents: without(UNUSED[name], await readFile(path, 'utf8'), path) } : undefined;
    });
  },
};

function without(unused, text, path) {
  const members = [];
  const visit = (node) => {
    if (ts.isMethodDeclaration(node) && ts.isIdentifier(node.name) && unused.includes(node.name.text)) members.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  const missing = unused.filter((name) => !members.some((member) => member.name.text === name));
  if (missing.length) throw new Error(`${path} has no ${missing.join(', ')} any more.`);
  return members.reverse().reduce((rest, { pos, end }) => rest.slice(0, pos) + rest.slice(end), text);
}
