import type { Period, WindowSize } from '../core/wire.js';

/** What of the usage is looked at, and how. Plain data: keep it in an address or a store. */
export interface View {
  meter?: string;
  period: Period;
  windowSize: WindowSize | 'AUTO';
  timeZone?: string;
  groupBy?: string;
  filter: Readonly<Record<string, readonly string[]>>;
  compare: boolean;
  cumulative: boolean;
  table: boolean;
}

/** For an address: only what differs from the ordinary view. */
export function searchOfView(view: Partial<View>): string {
  const search = new URLSearchParams();
  const { meter, period, windowSize, timeZone, groupBy, filter = {}, compare, cumulative, table } = view;
  if (meter) search.set('meter', meter);
  if (typeof period === 'string') search.set('period', period);
  else if (period && 'days' in period) search.set('days', String(period.days));
  else if (period) search.set('range', `${period.from}/${period.to}`);
  if (windowSize && windowSize !== 'AUTO') search.set('window', windowSize);
  if (timeZone) search.set('zone', timeZone);
  if (groupBy) search.set('group', groupBy);
  for (const [key, values] of Object.entries(filter)) for (const value of values) search.append(`filter.${key}`, value);
  for (const [name, on] of Object.entries({ compare, cumulative, table })) if (on) search.set(name, '1');
  return search.toString();
}

export function viewOfSearch(text: string): Partial<View> {
  const search = new URLSearchParams(text);
  const view: Partial<View> = {};
  const period = search.get('period');
  const days = Number(search.get('days'));
  const [from, to] = search.get('range')?.split('/') ?? [];
  if (period === 'current' || period === 'previous') view.period = period;
  else if (days > 0) view.period = { days };
  else if (from && to && Date.parse(from) < Date.parse(to)) view.period = { from, to };
  const size = search.get('window');
  if (size && /^(MINUTE|HOUR|DAY|MONTH)$/.test(size)) view.windowSize = size as WindowSize;
  for (const [name, member] of [['meter', 'meter'], ['zone', 'timeZone'], ['group', 'groupBy']] as const) {
    const value = search.get(name);
    if (value) view[member] = value;
  }
  const filter: Record<string, string[]> = {};
  for (const [name, value] of search) if (name.startsWith('filter.')) (filter[name.slice(7)] ??= []).push(value);
  if (Object.keys(filter).length) view.filter = filter;
  for (const name of ['compare', 'cumulative', 'table'] as const) if (search.get(name) === '1') view[name] = true;
  return view;
}
