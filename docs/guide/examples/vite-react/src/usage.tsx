import { UsageDashboard, UsagePortalProvider } from '@meterport/web/react';
import '@meterport/web/styles.css';
import { Quota } from './quota';

declare const METERPORT_URL: string;

async function fetchToken() {
  const response = await fetch('/api/usage-token', { method: 'POST' });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return response.json();
}

export function Usage() {
  return (
    <UsagePortalProvider url={METERPORT_URL} fetchToken={fetchToken}>
      <Quota meter="tokens" allowance={1_000_000} />
      <UsageDashboard defaultView={{ period: { days: 30 } }} />
    </UsagePortalProvider>
  );
}
