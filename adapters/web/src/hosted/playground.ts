/**
 * For developers: the element with everything that can be set, on sample data or with a token made
 * here. Keys and tokens stay in memory; what the address keeps in its fragment is the look alone.
 */
import type { UsagePortalElement } from '../element/index.js';
import '../element/index.js';
import { customProperty } from '../react/root.js';
import { en, type Strings } from '../react/strings.js';
import { sampleOf } from '../sample/data.js';
import { answerOf } from '../sample/engine.js';
import { contrast } from './contrast.js';
import { snippets } from './snippets.js';

const form = byId<HTMLFormElement>('settings');
const stage = byId('stage');
const portal = document.querySelector<UsagePortalElement>('usage-portal')!;
const server = new URL('..', location.href).href;
const VARIABLES: [name: string, type: string, initial: string][] = [
  ['colorPrimary', 'color', '#4453e0'], ['colorBackground', 'color', '#fbfbfc'], ['colorSurface', 'color', '#ffffff'], ['colorText', 'color', '#17181c'],
  ['series2', 'color', '#0d9488'], ['series3', 'color', '#d9680b'], ['fontFamily', 'text', ''], ['fontSize', 'text', ''], ['borderRadius', 'text', ''], ['chartHeight', 'text', ''],
];
const LOCALES = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja', 'zh-Hans', 'ar', 'en-XA'];

let token: { token: string; expiresAt?: string } | undefined;
let tab = 'React';

setUp();
restore();
apply();
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
byId('mint').addEventListener('click', () => void mint());
byId('copy').addEventListener('click', () => void navigator.clipboard.writeText(byId('code').textContent ?? ''));

function setUp(): void {
  const option = (value: string): HTMLOptionElement => new Option(value === 'en-XA' ? 'en-XA (pseudo)' : value || 'the account’s', value);
  field('locale').append(...LOCALES.map(option));
  field('zone').append(option(''), ...Intl.supportedValuesOf('timeZone').map(option));
  for (const [name, type, initial] of VARIABLES) {
    const row = document.createElement('label');
    const input = Object.assign(document.createElement('input'), { type, name: `var-${name}`, value: initial, placeholder: 'unset' });
    if (type === 'color') input.dataset.initial = initial;
    row.append(name, input);
    byId('tokens').append(row);
  }
  for (const name of ['React', 'Element', 'iframe', 'curl', 'Java']) {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: name });
    button.setAttribute('role', 'tab');
    button.addEventListener('click', () => {
      tab = name;
      apply();
    });
    byId('tabs').append(button);
  }
  portal.fetch = logged;
}

function apply(): void {
  const settings = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const real = settings.source === 'server';
  for (const element of document.querySelectorAll<HTMLElement>('[data-server]')) element.hidden = !real;
  for (const [name, value] of [['theme', settings.theme], ['locale', settings.locale], ['time-zone', settings.zone], ['meter', settings.meter], ['label', settings.label]] as const) {
    if (value) portal.setAttribute(name, value);
    else portal.removeAttribute(name);
  }
  portal.strings = settings.locale === 'en-XA' ? pseudo() : undefined;
  stage.style.width = settings.width === '0' ? '' : `${settings.width}px`;

  const variables: Record<string, string> = {};
  for (const [name, type, initial] of VARIABLES) {
    const value = settings[`var-${name}`];
    if (value && (type !== 'color' || value !== initial)) variables[name] = value;
  }
  portal.appearance = { variables };
  warn(variables);

  if (real) {
    portal.data = undefined;
    portal.setAttribute('url', server);
    portal.fetchToken = token ? async () => token! : undefined;
  } else {
    portal.fetchToken = undefined;
    portal.data ??= sampleData();
  }
  for (const button of byId('tabs').children) button.setAttribute('aria-selected', String(button.textContent === tab));
  byId('code').textContent = snippets(tab, { server, settings, variables });
  const kept = new URLSearchParams(Object.entries(settings).filter(([name, value]) => value && !['key', 'subject', 'allowed'].includes(name)));
  history.replaceState(null, '', `#${kept}`);
}

async function mint(): Promise<void> {
  const { key, subject, allowed, minutes } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const response = await logged(`${server}api/v1/portal/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subject,
      ...(allowed && { allowedMeterSlugs: allowed.split(/[\s,]+/).filter(Boolean) }),
      expiresAt: new Date(Date.now() + Number(minutes) * 60_000).toISOString(),
    }),
  });
  const answer = await response.json() as { token: string; expiresAt?: string; detail?: string };
  byId('minted').textContent = response.ok ? `A token until ${answer.expiresAt}` : `${response.status} ${answer.detail ?? ''}`;
  if (!response.ok) return;
  token = answer;
  apply();
}

function sampleData() {
  const now = Date.now();
  const sample = sampleOf(now);
  return { session: sample.session, usage: (request: Parameters<typeof answerOf>[0]) => answerOf(request, sample, Date.now()) };
}

async function logged(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const start = performance.now();
  const response = await fetch(input, init);
  const row = document.createElement('tr');
  const values = [new Date().toLocaleTimeString(), init?.method ?? 'GET', decodeURIComponent(String(input)), String(response.status), String(Math.round(performance.now() - start)), response.headers.get('etag') ?? ''];
  row.append(...values.map((value) => Object.assign(document.createElement('td'), { textContent: value, title: value })));
  byId('requests').prepend(row);
  while (byId('requests').childElementCount > 200) byId('requests').lastElementChild!.remove();
  return response;
}

/** Too little contrast is easily chosen and hard to see on one's own screen. */
function warn(variables: Record<string, string>): void {
  const background = variables.colorSurface ?? '#ffffff';
  const pale = Object.entries(variables).filter(([name, value]) => /^(series|colorPrimary)/.test(name) && contrast(value, background) < 3);
  const css = Object.entries(variables).map(([name, value]) => `${customProperty(name)}: ${value};`).join(' ');
  byId('warnings').textContent = pale.map(([name, value]) => `${name} has a contrast of ${contrast(value, background).toFixed(1)} to its background; 3 is the least that can be told apart.`).join(' ');
  byId('warnings').title = css;
}

/** Longer and accented, so that what is not translated or does not fit is seen. */
function pseudo(): Partial<Strings> {
  const accents: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', n: 'ñ', c: 'ç', y: 'ý' };
  return Object.fromEntries(Object.entries(en).map(([key, text]) => {
    const changed = text.replace(/\{\w+\}|[aeiouncy]/g, (part) => accents[part] ?? part);
    return [key, `[${changed}${'~'.repeat(Math.ceil(text.length / 4))}]`];
  }));
}

function restore(): void {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement || input instanceof HTMLSelectElement) input.value = value;
  }
}

function field(name: string): HTMLSelectElement {
  return form.elements.namedItem(name) as HTMLSelectElement;
}

function byId<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
