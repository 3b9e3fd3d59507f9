/** What a project that installed the package writes; compiled against React 18 and 19, declarations checked too. */
import '@meterport/web/jsx';
import type { UsagePortalElement } from '@meterport/web/element';
import { PortalClient, spanOf } from '@meterport/web';
import { strings } from '@meterport/web/locales/de';
import {
  OpenMeterProvider, UsageChart, UsageDashboard, UsagePortalProvider, WindowSize, useOpenMeter, useUsage, useUsageSeries, usageFetcher, usageKey, usageQueryOptions,
} from '@meterport/web/react';
import { searchOfView, viewOfSearch } from '@meterport/web/view';
import { useEffect, useRef } from 'react';

export function Element() {
  const portal = useRef<UsagePortalElement>(null);
  useEffect(() => {
    portal.current!.fetchToken = async (reason) => ({ token: reason, expiresAt: new Date() });
  }, []);
  return <usage-portal ref={portal} url="https://usage.example.com" group-by="model" theme="auto" />;
}

// @ts-expect-error No such theme.
export const wrong = <usage-portal theme="pink" />;

export function Page() {
  return (
    <UsagePortalProvider url="https://usage.example.com" fetchToken={async () => 'token'} strings={strings} live={{ intervalMs: 10_000 }}>
      <UsageDashboard meters={['tokens']} defaultView={viewOfSearch(location.search)} onViewChange={(view) => history.replaceState(null, '', `?${searchOfView(view)}`)} />
      <UsageChart meter="tokens" period={{ days: 7 }} compare="previous" />
    </UsagePortalProvider>
  );
}

export function Guide({ children }: { children?: React.ReactNode }) {
  return <OpenMeterProvider url="https://usage.example.com" token="om_portal_…">{children}</OpenMeterProvider>;
}

export function Hooks() {
  const client = useOpenMeter();
  const rows = useUsage({ meter: 'tokens', period: 'current', windowSize: WindowSize.Day });
  const series = useUsageSeries({ meter: 'tokens', groupBy: ['model'], top: 3 });
  useEffect(() => {
    void client?.queryPortalMeter({ meter: 'tokens', windowSize: WindowSize.Day, from: new Date() }).then(({ data }) => data.data[0]?.value.toFixed());
  }, [client]);
  return <>{rows.data?.data.length} {series.data?.total?.exact} {rows.error?.retryAfterMs}</>;
}

const client = new PortalClient({ url: 'https://usage.example.com', token: 'om_portal_…' });
void usageFetcher(client)(usageKey('tokens')).then((result) => result.data.length);
void usageQueryOptions(client, 'tokens').queryFn({}).then((result) => result.data.length);
export const days: number = spanOf({ days: 30 }, Date.now(), 'UTC').to;
