import { UsageDashboard, UsagePortalProvider } from '@meterport/web/react';
import '@meterport/web/styles.css';
import { Quota } from './quota';
import { fetchToken } from './token';

export function Usage() {
  return (
    <UsagePortalProvider url={METERPORT_URL} fetchToken={fetchToken}>
      <Quota meter="tokens" allowance={1_000_000} />
      <UsageDashboard defaultView={{ period: { days: 30 } }} />
    </UsagePortalProvider>
  );
}
