import { UsageDashboard, UsagePortalProvider } from '@meterport/web/react';
import { strings } from '@meterport/web/locales/de';
import '@meterport/web/styles.css';
import { fetchToken } from './token';

export function Branded() {
  return (
    <UsagePortalProvider
      url={METERPORT_URL}
      fetchToken={fetchToken}
      locale="de"
      strings={{ ...strings, title: 'Verbrauch' }}
      timeZone="Europe/Berlin"
      theme="dark"
      appearance={{ variables: { colorPrimary: '#f59e0b', borderRadius: '4px' } }}
      labels={{ model: { large: 'Groß' } }}
    >
      <UsageDashboard meters={['tokens']} defaultView={{ groupBy: 'model' }} />
    </UsagePortalProvider>
  );
}
