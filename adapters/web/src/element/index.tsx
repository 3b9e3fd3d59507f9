import { createElement, useEffect, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { FetchToken } from '../core/token.js';
import type { Period } from '../core/wire.js';
import type { Appearance, Labels, Theme } from '../react/context.js';
import { UsageDashboard } from '../react/dashboard.js';
import type { UsageData } from '../react/data-source.js';
import type { UsageSource } from '../core/client.js';
import { UsagePortalProvider } from '../react/provider.js';
import type { Strings } from '../react/strings.js';
import type { View } from '../react/view.js';
import { stringsFor } from './locales.js';
import css from './styles.js';

/** Without a document, as on a server, importing this must still work. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

const ATTRIBUTES = ['url', 'token', 'meter', 'meters', 'label', 'group-by', 'locale', 'time-zone', 'theme', 'period', 'live'] as const;
const PROPERTIES = ['fetchToken', 'strings', 'appearance', 'labels', 'view', 'data', 'fetch'] as const;

interface State {
  fetchToken?: FetchToken;
  strings?: Partial<Strings>;
  appearance?: Appearance;
  labels?: Labels;
  view?: Partial<View>;
  data?: UsageData;
  fetch?: typeof fetch;
}

let sheet: CSSStyleSheet | undefined;

/**
 * `<usage-portal url="…">`: the dashboard without React. Attributes for what is text, properties for
 * the rest; prefer `fetchToken` to the `token` attribute, for a token in the page's source lives long.
 */
export class UsagePortalElement extends Base {
  static readonly observedAttributes = ATTRIBUTES;

  #root: Root | undefined;
  #state: State = {};
  #due = false;

  get fetchToken(): FetchToken | undefined { return this.#state.fetchToken; }
  set fetchToken(value: FetchToken | undefined) { this.#put('fetchToken', value); }
  get strings(): Partial<Strings> | undefined { return this.#state.strings; }
  set strings(value: Partial<Strings> | undefined) { this.#put('strings', value); }
  get appearance(): Appearance | undefined { return this.#state.appearance; }
  set appearance(value: Appearance | undefined) { this.#put('appearance', value); }
  get labels(): Labels | undefined { return this.#state.labels; }
  set labels(value: Labels | undefined) { this.#put('labels', value); }
  /** What to show first, and after each `usage-portal:range-change` what is shown. */
  get view(): Partial<View> | undefined { return this.#state.view; }
  set view(value: Partial<View> | undefined) { this.#put('view', value); }
  /** Fixed data instead of a server. */
  get data(): UsageData | undefined { return this.#state.data; }
  set data(value: UsageData | undefined) { this.#put('data', value); }
  get fetch(): typeof fetch | undefined { return this.#state.fetch; }
  set fetch(value: typeof fetch | undefined) { this.#put('fetch', value); }

  connectedCallback(): void {
    // What a page set before this class was known would otherwise hide the setters.
    for (const name of PROPERTIES) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        (this as Record<string, unknown>)[name] = value;
      }
    }
    this.#render();
  }

  disconnectedCallback(): void {
    // A node that is only moved keeps its state.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#root?.unmount();
      this.#root = undefined;
    });
  }

  attributeChangedCallback(): void {
    this.#render();
  }

  #put<K extends keyof State>(name: K, value: State[K]): void {
    this.#state[name] = value;
    this.#render();
  }

  #render(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (!this.isConnected) return;
      this.#root ??= createRoot(this.#shadow());
      this.#root.render(createElement(App, { host: this, ...this.#state, attributes: this.#attributes() }));
    });
  }

  #shadow(): ShadowRoot {
    if (this.shadowRoot) return this.shadowRoot;
    const shadow = this.attachShadow({ mode: 'open' });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    shadow.adoptedStyleSheets = [sheet];
    return shadow;
  }

  #attributes(): Attributes {
    return Object.fromEntries(ATTRIBUTES.map((name) => [name, this.getAttribute(name) ?? undefined]));
  }

  /** @internal */
  tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`usage-portal:${name}`, { detail, bubbles: true, composed: true }));
  }
}

type Attributes = Partial<Record<(typeof ATTRIBUTES)[number], string | undefined>>;

function App({ host, attributes, data, ...state }: State & { host: UsagePortalElement; attributes: Attributes }) {
  const { url = '', token, meter, meters, label, locale, theme, period, live } = attributes;
  const source = useSource(data);
  const loaded = stringsFor(locale);
  const first: Partial<View> = {
    ...(meter && { meter }),
    ...(attributes['group-by'] && { groupBy: attributes['group-by'] }),
    ...(period && { period: periodOf(period) }),
    ...state.view,
  };
  return (
    <UsagePortalProvider url={url} token={token} fetchToken={state.fetchToken} value={source} locale={locale} timeZone={attributes['time-zone']}
      strings={{ ...loaded, ...state.strings }} appearance={state.appearance} labels={state.labels} theme={(theme as Theme) ?? 'auto'}
      live={live !== 'off' && !data} fetch={state.fetch} onError={(error) => host.tell('error', { error })} onTokenExpired={() => host.tell('token-expired', {})}>
      <UsageDashboard title={label} meters={meters?.split(/[\s,]+/).filter(Boolean)} defaultView={first}
        onReady={() => host.tell('ready', {})} onViewChange={(view) => host.tell('range-change', { view })} />
    </UsagePortalProvider>
  );
}

/** Fixed data are for developers, and what reads them is loaded for them only. */
function useSource(data: UsageData | undefined): UsageSource | null | undefined {
  const [made, setMade] = useState<{ data: UsageData; source: UsageSource }>();
  useEffect(() => {
    let current = true;
    if (data) void import('../react/data-source.js').then(({ sourceOf }) => current && setMade({ data, source: sourceOf(data) }));
    return () => {
      current = false;
    };
  }, [data]);
  return data && (made?.data === data ? made.source : null);
}

/** `current`, `previous`, a number of days such as `30d`, or `from/to`. */
function periodOf(text: string): Period {
  const [from, to] = text.split('/');
  if (from && to) return { from, to };
  const days = Number.parseInt(text, 10);
  return days > 0 ? { days } : text === 'previous' ? 'previous' : 'current';
}

if (globalThis.customElements && !customElements.get('usage-portal')) {
  customElements.define('usage-portal', UsagePortalElement);
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-portal': UsagePortalElement;
  }
}
