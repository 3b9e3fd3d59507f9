'use client';

import { UsageDashboard, UsagePortalProvider } from '@meterport/web/react';

async function fetchToken() {
  const response = await fetch('/api/usage-token', { method: 'POST' });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return response.json();
}

export function Usage({ url }: { url: string }) {
  return (
    <UsagePortalProvider url={url} fetchToken={fetchToken}>
      <UsageDashboard defaultView={{ period: { days: 30 } }} />
    </UsagePortalProvider>
  );
}
