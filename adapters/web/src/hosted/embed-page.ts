/**
 * The page inside of the frame. It asks the page around it for tokens by `postMessage` and never
 * takes one from its address, except from the fragment, which no server sees and which is erased.
 */
import type { UsagePortalElement } from '../element/index.js';
import '../element/index.js';
import { viewOfSearch } from '../react/view.js';
import { hostOrigin } from './origin.js';

interface TokenMessage {
  type: 'usage-portal:token';
  token?: string;
  expiresAt?: string;
}

const WAIT_MILLIS = 30_000;
const parameters = new URLSearchParams(location.search);
const fragment = new URLSearchParams(location.hash.slice(1));
const portal = document.querySelector<UsagePortalElement>('usage-portal')!;
const framed = parent !== window;
const allowed = document.querySelector<HTMLMetaElement>('meta[name="usage-portal-origins"]')?.content ?? '';
const origin = hostOrigin(parameters.get('origin'), allowed, location.ancestorOrigins?.[0]);

const token = fragment.get('token');
if (token) history.replaceState(null, '', location.pathname + location.search);

for (const name of ['meter', 'meters', 'label', 'group-by', 'locale', 'time-zone', 'theme', 'period', 'live']) {
  const value = parameters.get(name);
  if (value !== null) portal.setAttribute(name, value);
}
portal.view = viewOfSearch(parameters.get('view') ?? '');
document.documentElement.lang = parameters.get('locale') ?? navigator.language;
// The page is …/portal/embed and the API …/api/v1, whatever lies before them.
portal.setAttribute('url', new URL('..', location.href).href);

if (token) {
  portal.setAttribute('token', token);
} else if (framed && origin) {
  portal.fetchToken = async (reason) => {
    const answer = await tokenOf(origin, reason);
    if (!answer.token) throw new Error('The page around this one has no token.');
    return { token: answer.token, ...(answer.expiresAt && { expiresAt: answer.expiresAt }) };
  };
} else {
  const notice = document.createElement('p');
  notice.textContent = 'This page is meant to be embedded: it needs ?origin= of the page around it.';
  portal.replaceWith(notice);
}

if (framed && origin) {
  const tell = (message: unknown): void => parent.postMessage(message, origin);
  const main = document.querySelector('main')!;
  new ResizeObserver(() => tell({ type: 'usage-portal:resize', height: Math.ceil(main.getBoundingClientRect().height) })).observe(main);
  for (const name of ['ready', 'token-expired', 'range-change']) {
    portal.addEventListener(`usage-portal:${name}`, (event) => tell({ type: `usage-portal:${name}`, ...(event as CustomEvent<object>).detail }));
  }
}

function tokenOf(from: string, reason: string): Promise<TokenMessage> {
  return new Promise((resolve, reject) => {
    const close = new AbortController();
    const timer = setTimeout(() => {
      close.abort();
      reject(new Error('The page around this one did not answer.'));
    }, WAIT_MILLIS);
    addEventListener('message', ({ source, origin: sender, data }: MessageEvent<TokenMessage | undefined>) => {
      if (source !== parent || sender !== from || data?.type !== 'usage-portal:token') return;
      clearTimeout(timer);
      close.abort();
      resolve(data);
    }, { signal: close.signal });
    parent.postMessage({ type: 'usage-portal:token-request', reason }, from);
  });
}
