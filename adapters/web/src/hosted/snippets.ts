interface Look {
  server: string;
  settings: Record<string, string>;
  variables: Record<string, string>;
}

/** What one would write to get what the playground shows. */
export function snippets(kind: string, { server, settings, variables }: Look): string {
  const { theme, locale, zone, meter, label, subject = 'customer-1' } = settings;
  const url = server.replace(/\/$/, '');
  const has = Object.keys(variables).length > 0;
  const appearance = JSON.stringify({ variables }, null, 2);
  const attributes = Object.entries({ meter, label, theme, locale, 'time-zone': zone })
    .flatMap(([name, value]) => (value && value !== 'auto' ? [`${name}="${value}"`] : []));

  if (kind === 'React') {
    const look = [theme && theme !== 'auto' && `theme="${theme}"`, locale && `locale="${locale}"`, zone && `timeZone="${zone}"`, has && `appearance={${appearance}}`].filter(Boolean);
    return `import { UsageDashboard, UsagePortalProvider } from '@meterport/web/react';
import '@meterport/web/styles.css';

// Your backend asks Meterport for a token and hands its answer on.
const fetchToken = () => fetch('/api/usage-token', { method: 'POST' }).then((response) => response.json());

export function Usage() {
  return (
    <UsagePortalProvider url="${url}" fetchToken={fetchToken}${look.map((one) => `\n      ${one}`).join('')}>
      <UsageDashboard${meter ? ` defaultView={{ meter: '${meter}' }}` : ''}${label ? ` title="${label}"` : ''} />
    </UsagePortalProvider>
  );
}`;
  }
  if (kind === 'Element') {
    return `<script type="module">
  import '@meterport/web/element';
  const portal = document.querySelector('usage-portal');
  portal.fetchToken = () => fetch('/api/usage-token', { method: 'POST' }).then((response) => response.json());${has ? `\n  portal.appearance = ${appearance.replaceAll('\n', '\n  ')};` : ''}
</script>

<usage-portal url="${url}"${attributes.map((one) => ` ${one}`).join('')}></usage-portal>`;
  }
  if (kind === 'iframe') {
    const options = Object.entries({ meter, label, theme, locale, 'time-zone': zone }).flatMap(([name, value]) => (value && value !== 'auto' ? [`  '${name}': '${value}',\n`] : []));
    return `<div id="usage"></div>
<script src="${url}/portal/embed.js"></script>
<script>
usagePortal.mount('#usage', {
  fetchToken: () => fetch('/api/usage-token', { method: 'POST' }).then((response) => response.json()),
${options.join('')}});
</script>`;
  }
  if (kind === 'curl') {
    return `curl ${url}/api/v1/portal/tokens \\
  -H "Authorization: Bearer $METERPORT_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"subject":"${subject}"}'`;
  }
  return `HttpRequest request = HttpRequest.newBuilder(URI.create("${url}/api/v1/portal/tokens"))
        .header("Authorization", "Bearer " + System.getenv("METERPORT_API_KEY"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("""
                {"subject": "${subject}"}"""))
        .build();
String token = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();`;
}
