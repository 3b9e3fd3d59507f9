import { useMemo, type ReactNode } from 'react';
import type { Look } from './context.js';
import { sourceOf, type UsageData } from './data-source.js';
import { UsagePortalProvider } from './provider.js';

/** Feeds hooks and components without a server. */
export function UsageDataProvider({ data, ...look }: Look & { data: UsageData; children?: ReactNode }): ReactNode {
  const source = useMemo(() => sourceOf(data), [data]);
  return <UsagePortalProvider {...look} value={source} live={false} />;
}
