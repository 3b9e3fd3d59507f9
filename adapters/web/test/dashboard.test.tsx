import axe from 'axe-core';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { StrictMode, useEffect, useState, version, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  OpenMeterProvider, PortalClient, UsageChart, UsageDashboard, UsageDataProvider, UsagePortalProvider, UsageTable, WindowSize, usageFetcher, usageKey, usageQueryOptions, useOpenMeter, usePortalSession, useUsage,
  type UsageDashboardProps, type UsagePortalProviderProps, type View,
} from '../src/react/index.js';
import { strings as german } from '../src/locales/de.js';
import { strings as arabic } from '../src/locales/ar.js';
import { sampleOf } from '../src/sample/data.js';
import { answerOf } from '../src/sample/engine.js';
import { mint, post } from './fixture/mint.js';
import { startServer, type SampleServer } from './fixture/server.js';

/** Which React these tests are to run on, as the configuration says. */
declare const __REACT__: string;

let server: SampleServer;
let tokens: string[];
let asked: string[];
/** Answers instead of the server, while it answers anything. */
let fault: ((url: string) => Response | Promise<Response> | undefined) | undefined;

const request: typeof fetch = async (input, init = {}) => {
  const url = String(input);
  asked.push(url);
  const answer = await fault?.(url);
  if (answer) return answer;
  const { signal, ...rest } = init;
  const response = await fetch(input, rest);
  if (signal?.aborted) throw new Error('aborted');
  return response;
};
const problem = (status: number, headers: Record<string, string> = {}): Response => new Response(
  JSON.stringify({ title: 'Title', status, code: 'code', detail: `Detail of ${status}.`, instance: 'urn:request:abc-1' }),
  { status, headers: { 'content-type': 'application/problem+json', ...headers } });

beforeAll(async () => {
  server = await startServer({ clock: '2026-11-18T15:26:03Z' });
});
afterAll(() => server.stop());
beforeEach(() => {
  fault = undefined;
  tokens = [];
  asked = [];
});
afterEach(() => vi.useRealTimers());

const fetchTokenFor = (body: Record<string, unknown>) => async () => {
  const answer = await mint(server.url, body);
  tokens.push(answer.token);
  return answer;
};

function show(dashboard: UsageDashboardProps = {}, provider: Partial<UsagePortalProviderProps> = {}, token: Record<string, unknown> = {}) {
  const fetchToken = fetchTokenFor({ subject: 'acme', ...token });
  return render(
    <UsagePortalProvider url={server.url} fetchToken={fetchToken} fetch={request} locale="en" live={false} {...provider}>
      <UsageDashboard {...dashboard} />
    </UsagePortalProvider>);
}

const plot = () => screen.findByRole('slider', { name: /over time/ });
const audit = async (node: Element): Promise<string[]> => {
  const { violations } = await axe.run(node, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
};

describe('the dashboard', () => {
  it('is tried on the React that was meant', () => {
    expect(version.split('.')[0]).toBe(__REACT__);
  });

  it('shows the period’s headline, every meter in brief and the first one large', async () => {
    const { container } = show();

    await plot();

    expect(screen.getByRole('heading', { name: 'Usage', level: 2 })).toBeTruthy();
    expect(container.querySelector('.up-subtitle')!.textContent).toMatch(/Acme, Inc\.Billing period Nov 1\s–\s30, 2026\s?13 days left/);
    expect((await screen.findAllByRole('button', { name: /^(Tokens|API requests|Data transfer|Response time)/ })).map((card) => card.getAttribute('aria-pressed')))
      .toEqual(['true', 'false', 'false', 'false']);
    expect(container.querySelector('.up-total-value')!.textContent).toMatch(/^\d,\d{3},\d{3} tokens$/);
    expect(await audit(container)).toEqual([]);
  });

  it('works twice mounted, as React does in development', async () => {
    const fetchToken = fetchTokenFor({ subject: 'acme' });
    render(<StrictMode><UsagePortalProvider url={server.url} fetchToken={fetchToken} fetch={request} locale="en"><UsageDashboard meters={['tokens']} /></UsagePortalProvider></StrictMode>);

    await plot();

    expect(tokens).toHaveLength(1);
  });

  it('is read by the keyboard, interval by interval', async () => {
    const user = userEvent.setup();
    show({ meters: ['tokens'] });
    const slider = await plot();
    const now = () => slider.getAttribute('aria-valuetext')!;

    expect(slider.getAttribute('aria-valuenow')).toBe('17');
    expect(now()).toMatch(/^Wed, Nov 18: [\d,]+ tokens; still counting$/);
    slider.focus();
    await user.keyboard('{ArrowLeft}');
    expect(now()).toMatch(/^Tue, Nov 17: [\d,]+ tokens$/);
    await user.keyboard('{Home}');
    expect(now()).toMatch(/^Sun, Nov 1/);
    await user.keyboard('{PageDown}{ArrowRight}{PageUp}');
    expect(slider.getAttribute('aria-valuenow')).toBe('8');
    await user.keyboard('{End}');
    expect(slider.getAttribute('aria-valuenow')).toBe(slider.getAttribute('aria-valuemax'));
    await user.keyboard('{Escape}');
    expect(slider.getAttribute('aria-valuenow')).toBe('17');
  });

  it('goes back in time to the right where time runs from the right', async () => {
    const user = userEvent.setup();
    show({ meters: ['tokens'] }, { locale: 'ar', strings: arabic });
    const slider = await screen.findByRole('slider');

    slider.focus();
    await user.keyboard('{ArrowRight}');

    expect(slider.getAttribute('aria-valuenow')).toBe('16');
  });

  it('takes single words from the page, and says the rest itself', async () => {
    show({ meters: ['tokens'] }, { translate: (key, { n }) => (key === 'lastDays' ? `${n} d` : undefined) });
    await plot();

    expect(screen.getByRole('option', { name: '30 d' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Compare' })).toBeTruthy();
  });

  it('looks closer on Enter, and goes back on Escape or by its button', async () => {
    const user = userEvent.setup();
    const views: View[] = [];
    show({ meters: ['tokens'], onViewChange: (view) => views.push(view) });
    (await plot()).focus();

    await user.keyboard('{Home}{Enter}');
    await waitFor(async () => expect((await plot()).getAttribute('aria-valuemax')).toBe('24'));
    expect(views[0]!.period).toEqual({ from: '2026-11-01T04:00:00.000Z', to: '2026-11-02T05:00:00.000Z' });
    expect((await plot()).getAttribute('aria-valuetext')).toMatch(/11:00 PM EST/);
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(views[1]!.period).toBe('current');
    await waitFor(async () => expect((await plot()).getAttribute('aria-valuemax')).toBe('29'));
    expect(screen.queryByRole('button', { name: 'Back' })).toBeNull();
  });

  it('groups, hides groups, shows one alone, and filters by one', async () => {
    const user = userEvent.setup();
    const { container } = show({ meters: ['tokens'] });
    await plot();

    await user.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'model');
    const legend = await screen.findByRole('list', { name: 'Series' });
    const toggles = () => within(legend).getAllByRole('button', { pressed: true });
    expect(toggles()).toHaveLength(8);
    expect(toggles()[7]!.textContent).toMatch(/^Other/);
    const drawn = () => container.querySelectorAll('.up-bars:not(.up-open)').length;
    expect(drawn()).toBe(8);

    await user.click(toggles()[0]!);
    expect(drawn()).toBe(7);
    await user.keyboard('{Alt>}');
    await user.click(toggles()[2]!);
    await user.keyboard('{/Alt}');
    expect(drawn()).toBe(1);

    await user.click(screen.getByRole('button', { name: 'Only gpt-4o' }));
    const chip = await screen.findByRole('button', { name: 'Remove the filter Model: gpt-4o' });
    await waitFor(() => expect(asked.at(-1)).toContain(encodeURIComponent('"filterGroupBy":{"model":["gpt-4o"]}')));
    await user.click(chip);
    expect(screen.queryByRole('button', { name: /Remove the filter/ })).toBeNull();
  });

  it('shows one group alone after a finger has rested on it, and what comes after means nothing', async () => {
    const { container } = show({ meters: ['tokens'], defaultView: { groupBy: 'model' } });
    await plot();
    const [first] = within(await screen.findByRole('list', { name: 'Series' })).getAllByRole('button', { pressed: true });
    const drawn = () => container.querySelectorAll('.up-bars:not(.up-open)').length;
    expect(drawn()).toBe(8);

    fireEvent.pointerDown(first!);
    await waitFor(() => expect(drawn()).toBe(1));
    fireEvent.pointerUp(first!);
    fireEvent.click(first!);
    expect(drawn()).toBe(1);

    fireEvent.pointerDown(first!);
    fireEvent.pointerUp(first!);
    fireEvent.click(first!);
    expect(first!.getAttribute('aria-pressed')).toBe('true');
    expect(drawn()).toBe(8);
  });

  it('keeps billing periods where the account is, in another zone too, and says so', async () => {
    const { container } = show({ meters: ['tokens'], defaultView: { timeZone: 'Asia/Tokyo' } });
    await plot();

    const { searchParams } = new URL(asked.find((url) => url.includes('/query?q='))!);
    expect(JSON.parse(searchParams.get('q')!)).toMatchObject({ period: 'current', timeZone: 'Asia/Tokyo' });
    expect(container.querySelector('.up-subtitle')!.textContent).toMatch(/Billing period Nov 1\s–\s30, 2026\s?13 days left/);
    await screen.findByText('Billing periods follow America/New York.');
    // New York's November begins in the afternoon of Tokyo's 1st and ends in that of its December 1st.
    expect((await plot()).getAttribute('aria-valuemax')).toBe('30');
  });

  it('has a table with the same numbers, newest first on request', async () => {
    const user = userEvent.setup();
    const { container } = show({ meters: ['tokens'], defaultView: { groupBy: 'model', compare: true } });
    await plot();

    await user.click(screen.getByRole('button', { name: 'Table' }));
    const table = await screen.findByRole('table', { name: /Tokens, Nov 1/ });
    const rows = () => within(table).getAllByRole('row');
    expect(rows()).toHaveLength(1 + 18 + 1);
    expect(rows()[1]!.textContent).toContain('Sun, Nov 1, 2026');
    const head = within(table).getAllByRole('columnheader');
    expect(head).toHaveLength(1 + 8 + 1 + 1);
    expect(head[0]!.getAttribute('aria-sort')).toBe('ascending');
    await user.click(within(table).getByRole('button', { name: /Newest first/ }));
    expect(head[0]!.getAttribute('aria-sort')).toBe('descending');
    expect(rows()[1]!.textContent).toContain('Wed, Nov 18, 2026');
    expect(await audit(container)).toEqual([]);
  });

  it('downloads what it shows, and says so', async () => {
    const user = userEvent.setup();
    const saved: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => (saved.push(blob as Blob), 'blob:x'));
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    show({ meters: ['tokens'], defaultView: { groupBy: 'type', period: { days: 7 } } });
    await plot();

    await user.click(screen.getByRole('button', { name: 'Download as CSV' }));

    await screen.findByText('Downloaded tokens_2026-11-12_2026-11-18_America-New_York.csv');
    expect(asked.at(-1)).toBe(asked.filter((url) => url.includes('/query?q=')).at(-1));
    expect((await saved[0]!.text()).split('\r\n')[0]).toBe('window_start,window_end,subject,type,value');
  });

  it('offers no stacking, no cumulation and no shares for an average', async () => {
    const { container } = show({ meters: ['latency'], defaultView: { groupBy: 'model' } });
    await plot();

    expect(screen.queryByRole('button', { name: 'Cumulative' })).toBeNull();
    expect(screen.getByText('The values of the groups do not add up to the whole.')).toBeTruthy();
    expect(container.querySelector('.up-lines')).toBeTruthy();
    expect(container.querySelector('.up-share')).toBeNull();
  });

  it('says why a window size does not fit', async () => {
    show({ meters: ['tokens'] }, {}, { smallestWindow: 'HOUR' });
    await plot();
    const options = within(screen.getByRole('combobox', { name: 'Interval' })).getAllByRole('option') as HTMLOptionElement[];

    expect(options.map(({ text, disabled }) => (disabled ? `- ${text}` : text))).toEqual(
      ['Auto (Day)', '- Minute – not available', 'Hour', 'Day', '- Month – range too short']);
  });

  it('takes dates, both included, and turns them round if need be', async () => {
    const user = userEvent.setup();
    const views: View[] = [];
    show({ meters: ['tokens'], onViewChange: (view) => views.push(view) });
    await plot();

    await user.selectOptions(screen.getByRole('combobox', { name: 'Period' }), 'custom');
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-03' } });
    expect(views.at(-1)!.period).toEqual({ from: '2026-11-01T04:00:00.000Z', to: '2026-11-04T05:00:00.000Z' });
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-10' } });
    expect(views.at(-1)!.period).toEqual({ from: '2026-11-03T05:00:00.000Z', to: '2026-11-11T05:00:00.000Z' });
  });

  it('remembers the zone and nothing else', async () => {
    const user = userEvent.setup();
    show({ meters: ['tokens'] });
    await plot();

    await user.selectOptions(screen.getByRole('combobox', { name: 'Time zone' }), 'Asia/Tokyo');

    expect({ ...localStorage }).toEqual({ 'meterport.timeZone': 'Asia/Tokyo' });
    expect(await screen.findByText('Times in Asia/Tokyo.')).toBeTruthy();
  });

  it('marks what is included and how much of it is used', async () => {
    const { container } = show({ meters: ['tokens'] }, {}, { allowances: { tokens: { value: 5_000_000, exact: '5000000' } } });
    await plot();

    expect(container.querySelector('.up-allowance')!.getAttribute('data-level')).toBe('over');
    expect(container.querySelector('.up-allowance')!.textContent).toMatch(/^\d+% of 5M tokens included · Over the included amount$/);
  });

  it('speaks other languages, from the right too', async () => {
    const { container, rerender } = show({ meters: ['tokens'] }, { locale: 'de', strings: german });
    await screen.findByRole('slider', { name: 'Tokens im Zeitverlauf' });
    expect(container.querySelector('.up-total-value')!.textContent).toMatch(/^\d\.\d{3}\.\d{3} tokens$/);
    expect(container.querySelector('.up-root')!.getAttribute('lang')).toBe('de');

    rerender(
      <UsagePortalProvider url={server.url} token={tokens[0]} fetch={request} live={false} locale="ar" strings={arabic}><UsageDashboard meters={['tokens']} /></UsagePortalProvider>);

    const slider = await screen.findByRole('slider');
    expect(container.querySelector('.up-root')!.getAttribute('dir')).toBe('rtl');
    slider.focus();
    fireEvent.keyDown(slider, { key: 'ArrowLeft' });
    expect(slider.getAttribute('aria-valuenow')).toBe('18');
    expect(await audit(container)).toEqual([]);
  });

  it('wears the page’s colours', async () => {
    const { container } = show({ meters: ['tokens'] }, { theme: 'dark', appearance: { variables: { colorPrimary: 'tomato', series2: 'teal' }, className: 'mine' } });
    await plot();
    const root = container.querySelector<HTMLElement>('.up-root')!;

    expect(root.dataset.theme).toBe('dark');
    expect(root.classList.contains('mine')).toBe(true);
    expect([root.style.getPropertyValue('--up-color-primary'), root.style.getPropertyValue('--up-series-2')]).toEqual(['tomato', 'teal']);
  });
});

describe('its states', () => {
  it('loading: the final layout, said once', async () => {
    fault = (url) => (url.includes('/session') ? new Promise(() => {}) : undefined);
    const { container } = show();

    expect((await screen.findByRole('status')).textContent).toBe('Loading usage…');
    expect(container.querySelector('[aria-busy="true"] .up-skeleton-chart')).toBeTruthy();
    expect(await audit(container)).toEqual([]);
  });

  it('empty: the axis stays, and a wider period is near', async () => {
    const user = userEvent.setup();
    const { container } = show({ meters: ['tokens'] }, {}, { subject: 'earlier' });

    expect(await screen.findByText('No usage in this period')).toBeTruthy();
    expect(container.querySelectorAll('.up-tick').length).toBeGreaterThan(5);
    expect(await audit(container)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Last 90 days' }));
    await waitFor(() => expect(container.querySelector('.up-bars')).toBeTruthy());
  });

  it('nothing ever: another text, and no button', async () => {
    show({ meters: ['tokens'] }, {}, { subject: 'nobody' });

    expect(await screen.findByText('No usage yet')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Last 90 days' })).toBeNull();
  });

  it('failed: what happened, which request, and another try', async () => {
    const user = userEvent.setup();
    fault = (url) => (url.includes('/query?') ? problem(500) : undefined);
    const { container } = show({ meters: ['tokens'] });

    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Detail of 500.');
    expect(alert.textContent).toContain('Request abc-1');
    expect(await audit(container)).toEqual([]);
    fault = undefined;
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    await plot();
  });

  it('too much to answer: a larger interval is near', async () => {
    const user = userEvent.setup();
    fault = (url) => (url.includes('HOUR') ? new Response(JSON.stringify({ status: 400, code: 'too-many-rows', detail: 'These are too many.' }), { status: 400, headers: { 'content-type': 'application/problem+json' } }) : undefined);
    show({ meters: ['tokens'], defaultView: { windowSize: 'HOUR', period: { days: 30 }, groupBy: 'model' } });

    expect((await screen.findByRole('alert')).textContent).toContain('These are too many.');
    await user.click(screen.getByRole('button', { name: 'Interval: Day' }));

    expect((await plot()).getAttribute('aria-valuemax')).toBe('29');
  });

  it('seen again: asks once more, if what is shown has aged', async () => {
    show({ meters: ['tokens'] });
    await plot();
    const before = asked.length;
    const later = Date.now() + 6_000;
    vi.spyOn(Date, 'now').mockImplementation(() => later);

    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));

    await waitFor(() => expect(asked.slice(before).some((url) => url.includes('/query?q='))).toBe(true));
  });

  it('failed with data: they stay, with a note', async () => {
    fault = (url) => (url.includes('/stream') ? problem(404) : undefined);
    const { container } = show({ meters: ['tokens'] }, { live: { intervalMs: 100 } });
    await plot();

    fault = (url) => (url.includes('/query?') ? problem(500) : url.includes('/stream') ? problem(404) : undefined);

    expect(await screen.findByText(/Could not refresh; showing \d+:\d\d/, {}, { timeout: 10_000 })).toBeTruthy();
    expect(container.querySelector('.up-bars')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each([403, 404])('not allowed (%d): says so and names no meter', async (status) => {
    fault = (url) => (url.includes('/query?') ? problem(status) : undefined);
    show({ meters: ['tokens'] });

    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe('This usage is not available to youAsk the owner of your account for access.');
  });

  it('busy: counts down and tries again by itself', async () => {
    let refused = 0;
    fault = (url) => (url.includes('/query?') && refused++ === 0 ? problem(429, { 'retry-after': '2' }) : undefined);
    show({ meters: ['tokens'] });

    expect(await screen.findByText('Busy; trying again in 2 seconds.')).toBeTruthy();
    expect(await screen.findByText('Busy; trying again in 1 second.', {}, { timeout: 3_000 })).toBeTruthy();
    expect(await screen.findByRole('slider', {}, { timeout: 5_000 })).toBeTruthy();
    expect(screen.queryByText(/Busy/)).toBeNull();
  });

  it('expired: a calm panel, the host is told, and a new token brings everything back', async () => {
    const expired = vi.fn();
    const { token } = await mint(server.url, { subject: 'acme', expiresAt: new Date(server.now() + 1_500).toISOString() });
    const page = (given: string) => (
      <UsagePortalProvider url={server.url} token={given} fetch={request} locale="en" onTokenExpired={expired}><UsageDashboard meters={['tokens']} defaultView={{ groupBy: 'model' }} /></UsagePortalProvider>);
    const { container, rerender } = render(page(token));
    await plot();

    expect(await screen.findByText('Your session has expired', {}, { timeout: 5_000 })).toBeTruthy();
    expect(expired).toHaveBeenCalledTimes(1);
    expect(await audit(container)).toEqual([]);
    rerender(page((await mint(server.url, { subject: 'acme' })).token));

    await plot();
    expect((screen.getByRole('combobox', { name: 'Group by' }) as HTMLSelectElement).value).toBe('model');
  });

  it('revoked: another text, within the stream’s moment', async () => {
    const { token, id } = await mint(server.url, { subject: 'acme' });
    render(<UsagePortalProvider url={server.url} token={token} fetch={request} locale="en"><UsageDashboard meters={['tokens']} /></UsagePortalProvider>);
    await screen.findByRole('button', { name: /^Live/ });
    await plot();

    await post(server.url, '/portal/tokens/invalidate', { id });

    expect(await screen.findByText('Your session has ended')).toBeTruthy();
    const before = asked.length;
    await new Promise((done) => setTimeout(done, 500));
    expect(asked.length).toBe(before);
  });

  it('refused in between: a new token, and nothing to be seen of it', async () => {
    const { container } = show({ meters: ['tokens'] }, { live: { intervalMs: 60 } });
    await plot();

    await post(server.url, '/portal/tokens/invalidate', { subject: 'acme' });
    await waitFor(() => expect(tokens).toHaveLength(2), { timeout: 5_000 });

    expect(container.querySelector('.up-bars')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('live: what is ingested is seen within the second', async () => {
    const { container } = show({ meters: ['tokens'] }, { live: true }, { subject: 'fresh' });
    await screen.findByRole('button', { name: /^Live/ });
    await screen.findByText('No usage yet');

    await post(server.url, '/events', { subject: 'fresh', data: { tokens: 42 } });

    await waitFor(() => expect(container.querySelector('.up-total-value')!.textContent).toBe('42 tokens'), { timeout: 1_000 });
  });

  it('paused: said, and kept', async () => {
    const user = userEvent.setup();
    show({ meters: ['tokens'] }, { live: true });

    await user.click(await screen.findByRole('button', { name: /^Live/ }));

    expect(await screen.findByText('Live updates are paused.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Paused, Resume live updates' })).toBeTruthy();
  });
});

describe('subjects', () => {
  it('never see each other’s data', async () => {
    const { container, rerender } = show({ meters: ['tokens'] });
    await plot();
    const total = container.querySelector('.up-total-value')!.textContent;
    const other = await mint(server.url, { subject: 'nobody' });

    rerender(<UsagePortalProvider url={server.url} token={other.token} subject="nobody" fetch={request} locale="en" live={false}><UsageDashboard meters={['tokens']} /></UsagePortalProvider>);

    await screen.findByText('No usage yet');
    expect(container.textContent).not.toContain(total);
  });
});

describe('the hooks', () => {
  it('run the code of OpenMeter’s guide after changing only the import', async () => {
    function Guide(): ReactNode {
      const openmeter = useOpenMeter();
      const session = usePortalSession();
      const [rows, setRows] = useState<number>();
      useEffect(() => {
        void openmeter?.queryPortalMeter({ meter: 'tokens', windowSize: WindowSize.Day, from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' })
          .then(({ data }) => setRows(data.data.length));
      }, [openmeter]);
      return <p>{session.subject?.key}: {rows} rows</p>;
    }
    const { token } = await mint(server.url, { subject: 'acme' });

    render(<OpenMeterProvider url={server.url} token={token} fetch={request} live={false}><Guide /></OpenMeterProvider>);

    expect(await screen.findByText('acme: 7 rows')).toBeTruthy();
  });

  it('go with another cache: SWR’s keys and fetchers, TanStack’s options', async () => {
    const { token } = await mint(server.url, { subject: 'acme' });
    const client = new PortalClient({ url: server.url, token });
    const query = { from: '2026-11-01T04:00:00Z', to: '2026-11-02T05:00:00Z' };

    const key = usageKey('tokens', query);
    const fetched = await usageFetcher(client)(key);
    const { queryKey, queryFn } = usageQueryOptions(client, 'tokens', query);

    expect(fetched.data).toHaveLength(1);
    expect(queryKey).toEqual(key);
    expect(await queryFn({})).toEqual(fetched);
  });

  it('wait for the session before they ask for a billing period', async () => {
    const seen: (string | undefined)[] = [];
    function Rows(): ReactNode {
      const { data } = useUsage({ meter: 'tokens', period: 'current', timeZone: 'Asia/Tokyo', windowSize: 'MONTH' });
      seen.push(data?.from);
      return <p>{data ? 'rows' : ''}</p>;
    }
    render(<UsagePortalProvider url={server.url} fetchToken={fetchTokenFor({ subject: 'acme' })} fetch={request} live={false}><Rows /></UsagePortalProvider>);

    await screen.findByText('rows');

    const queries = asked.filter((url) => url.includes('/meters/tokens/query'));
    expect(queries).toHaveLength(1);
    expect(new URL(queries[0]!).searchParams.get('from')).toBe('2026-11-01T04:00:00.000Z');
  });

  it('have no client while there is no token, and outside of a provider', () => {
    const seen: unknown[] = [];
    const Client = (): null => (seen.push(useOpenMeter()), null);

    render(<><Client /><OpenMeterProvider url={server.url} token={undefined}><Client /></OpenMeterProvider></>);

    expect(seen.every((client) => client === null)).toBe(true);
  });

  it('give rows for a period in whole days of the zone', async () => {
    function Rows(): ReactNode {
      const { data, isPending } = useUsage({ meter: 'tokens', period: { days: 7 }, timeZone: 'America/New_York' });
      return <p>{isPending ? 'pending' : data?.data.map(({ windowStart }) => windowStart.slice(8, 13)).join(' ')}</p>;
    }
    const { token } = await mint(server.url, { subject: 'acme' });

    render(<UsagePortalProvider url={server.url} token={token} fetch={request} live={false}><Rows /></UsagePortalProvider>);

    expect(await screen.findByText(/^12T05 13T05 .* 18T05$/)).toBeTruthy();
  });
});

describe('the parts', () => {
  it('stand alone, without a server too', async () => {
    const now = Date.parse('2026-11-18T15:26:03Z');
    const sample = sampleOf(now, 'UTC', 40);
    const data = { session: sample.session, usage: (question: Parameters<typeof answerOf>[0]) => answerOf(question, sample, now) };
    const series = { meter: 'tokens', period: { days: 7 }, windowSize: 'DAY', groupBy: ['type'] } as const;

    const { container } = render(<UsageDataProvider data={data} locale="en"><UsageChart {...series} /><UsageTable {...series} /></UsageDataProvider>);

    await plot();
    expect(await screen.findByRole('table')).toBeTruthy();
    expect(container.querySelectorAll('.up-root')).toHaveLength(2);
    expect(await audit(container)).toEqual([]);
  });
});

describe('on a server', () => {
  it('renders the skeleton, whatever clock, zone and language the server has', () => {
    const clock = vi.spyOn(Intl, 'DateTimeFormat');

    const html = renderToString(<UsagePortalProvider url="https://usage.example" token="t"><UsageDashboard /></UsagePortalProvider>);

    expect(html).toContain('up-skeleton');
    expect(html).not.toContain('lang=');
    expect(clock).not.toHaveBeenCalled();
  });

  it('hydrates without a complaint', async () => {
    const { token } = await mint(server.url, { subject: 'acme' });
    const page = <UsagePortalProvider url={server.url} token={token} fetch={request} locale="en" live={false}><UsageDashboard meters={['tokens']} /></UsagePortalProvider>;
    const container = document.body.appendChild(document.createElement('div'));
    container.innerHTML = renderToString(page);
    const complaints = vi.spyOn(console, 'error');

    await act(async () => void render(page, { container, hydrate: true }));

    await plot();
    expect(complaints).not.toHaveBeenCalled();
  });
});
