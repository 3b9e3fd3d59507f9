/** A page as a customer's developer would write it; the tests drive it through its address and `window.portal`. */
import { createRoot } from 'react-dom/client';
import { UsageDashboard, UsagePortalProvider, type FetchToken, type Strings, type Theme } from '../src/react/index.js';
import { searchOfView, viewOfSearch } from '../src/react/view.js';

const search = new URLSearchParams(location.search);
const locale = search.get('locale') ?? undefined;
const calls: string[] = [];
const fetchToken: FetchToken = async (reason) => {
  calls.push(reason);
  const response = await fetch(`/token?${search.get('mint') ?? 'subject=acme'}`, { method: 'POST' });
  if (!response.ok) throw new Error('no token');
  return await response.json() as { token: string };
};
Object.assign(window, { portal: { calls, errors: [] as string[], expired: 0 } });
const portal = (window as unknown as { portal: { errors: string[]; expired: number } }).portal;
const { strings } = locale && locale !== 'en' ? await import(new URL(`./locales/${locale}.js`, import.meta.url).href) as { strings: Strings } : { strings: {} };
const token = search.get('static') ?? undefined;

createRoot(document.getElementById('app')!).render(
  <UsagePortalProvider url={search.get('api')!} theme={(search.get('theme') as Theme) ?? 'light'} strings={strings}
    {...(locale && { locale })} {...(search.get('zone') && { timeZone: search.get('zone')! })} {...(token ? { token } : { fetchToken })}
    {...(search.get('live') && { live: { intervalMs: Number(search.get('live')) } })}
    {...(search.has('nostream') && { fetch: (...call: Parameters<typeof fetch>) => (String(call[0]).endsWith('/stream') ? Promise.resolve(new Response('', { status: 404 })) : fetch(...call)) })}
    onError={(error) => portal.errors.push(error.message)} onTokenExpired={() => portal.expired++}>
    <UsageDashboard {...(search.get('meters') && { meters: search.get('meters')!.split(',') })} defaultView={viewOfSearch(search.get('view') ?? '')}
      onViewChange={(view) => history.replaceState(null, '', `#${searchOfView(view)}`)} />
  </UsagePortalProvider>);
