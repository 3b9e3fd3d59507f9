/** The texts of the components. `{name}` is filled in; `_one` and the like follow the plural rules. */
export const en = {
  title: 'Usage',
  billingPeriod: 'Billing period {range}',
  periodRange: '{range}',
  daysLeft_one: '{n} day left',
  daysLeft_other: '{n} days left',
  meters: 'Meters',
  filters: 'Filters',
  period: 'Period',
  currentPeriod: 'This billing period',
  previousPeriod: 'Last billing period',
  thisMonth: 'This month',
  lastMonth: 'Last month',
  lastDays_one: 'Today',
  lastDays_other: 'Last {n} days',
  lastMonths_one: 'Last month',
  lastMonths_other: 'Last {n} months',
  custom: 'Custom range',
  from: 'From',
  to: 'To',
  window: 'Interval',
  autoIs: 'Auto ({size})',
  MINUTE: 'Minute',
  HOUR: 'Hour',
  DAY: 'Day',
  MONTH: 'Month',
  tooMany: '{size} – range too long',
  tooFew: '{size} – range too short',
  notAllowed: '{size} – not available',
  zone: 'Time zone',
  zoneAccount: '{zone} (account)',
  zoneBrowser: '{zone} (browser)',
  zones: 'All time zones',
  groupBy: 'Group by',
  ungrouped: 'None',
  compare: 'Compare',
  cumulative: 'Cumulative',
  view: 'View',
  chart: 'Chart',
  table: 'Table',
  csv: 'CSV',
  csvLabel: 'Download as CSV',
  csvBusy: 'Preparing CSV…',
  csvDone: 'Downloaded {name}',
  csvFailed: 'The download failed.',
  back: 'Back',
  SUM: 'Total',
  COUNT: 'Total',
  UNIQUE_COUNT: 'Unique',
  AVG: 'Average',
  MIN: 'Minimum',
  MAX: 'Maximum',
  LATEST: 'Latest',
  previous: 'Previous period',
  change: '{change} vs. previous period',
  changeTo: '{change} vs. the same time last period',
  included: '{share} of {allowance} included',
  includedLabel: 'Included: {allowance}',
  over: 'Over the included amount',
  other: 'Other',
  none: '(none)',
  notSummed: 'The values of the groups do not add up to the whole.',
  only: 'Only {label}',
  removeFilter: 'Remove the filter {label}',
  legend: 'Series',
  legendHint: 'Show or hide; hold Alt to show only this one.',
  when: 'Time',
  newestFirst: 'Newest first',
  showMore: 'Show more',
  stillCounting: 'still counting',
  footZone: 'Times in {zone}.',
  footBilling: 'Billing periods follow {zone}.',
  footOpen: 'The last interval is still counting.',
  footUpdated: 'Updated {time}',
  complete: 'Data is complete until {time}; newer events may be missing.',
  live: 'Live',
  polling: 'Live',
  connecting: 'Connecting',
  reconnecting: 'Reconnecting',
  paused: 'Paused',
  offline: 'Offline',
  off: 'Not live',
  pause: 'Pause live updates',
  resume: 'Resume live updates',
  nowLive: 'Live updates are on.',
  nowPaused: 'Live updates are paused.',
  nowOffline: 'You are offline. Usage refreshes when you are back.',
  readTotal: 'Read current total',
  loading: 'Loading usage…',
  loaded: '{name}, {range}: {total}',
  summary: '{name}, {range}. {kind}: {total}. Highest: {peak} at {when}.',
  chartLabel: '{name} over time',
  chartHelp: 'Arrow keys move between intervals, Enter looks closer, Escape closes.',
  emptyTitle: 'No usage in this period',
  emptyText: 'New usage appears here within seconds.',
  emptyEver: 'No usage yet',
  emptyAction: 'Last {n} days',
  errorTitle: 'Usage could not be loaded',
  errorRequest: 'Request {id}',
  errorNetwork: 'There is no connection to the server.',
  retry: 'Try again',
  stale: 'Could not refresh; showing {time}.',
  waiting_one: 'Busy; trying again in {n} second.',
  waiting_other: 'Busy; trying again in {n} seconds.',
  expiredTitle: 'Your session has expired',
  expiredText: 'Reload to see your usage.',
  endedTitle: 'Your session has ended',
  endedText: 'Sign in again to see your usage.',
  reload: 'Reload',
  deniedTitle: 'This usage is not available to you',
  deniedText: 'Ask the owner of your account for access.',
  noMeters: 'There is nothing to show yet',
};

type Plural = 'daysLeft' | 'lastDays' | 'lastMonths' | 'waiting';

export type StringKey = keyof typeof en | Plural;

/** All texts of one language; languages with more plural forms have more keys. */
export type Strings = Record<keyof typeof en, string>
  & Partial<Record<`${Plural}_${Intl.LDMLPluralRule}`, string>>;

export type Values = Record<string, string | number>;

/** A text with its values, or undefined to take the ordinary one. */
export type Translate = (key: StringKey, values: Values) => string | undefined;

export type Text = (key: StringKey, values?: Values) => string;

export function textOf(locale: string | undefined, strings: Partial<Strings> = {}, translate?: Translate): Text {
  const table: Partial<Record<string, string>> = { ...en, ...strings };
  const number = new Intl.NumberFormat(locale);
  const plural = new Intl.PluralRules(locale);
  return (key, values = {}) => {
    const own = translate?.(key, values);
    if (own !== undefined) return own;
    const { n } = values;
    const form = table[key] ?? table[`${key}_${plural.select(Number(n))}`] ?? table[`${key}_other`] ?? key;
    return form.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? number.format(value) : value ?? '';
    });
  };
}

const RIGHT_TO_LEFT = /^(ar|he|fa|ur|yi|ps|sd|ug|dv|ckb)\b/;

export function directionOf(locale: string | undefined): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(locale ?? '') ? 'rtl' : 'ltr';
}

/** Time runs from the right in Arabic and Hebrew charts, and from the left in Persian and Urdu ones. */
export function chartDirectionOf(locale: string | undefined): 'ltr' | 'rtl' {
  return /^(ar|he|yi)\b/.test(locale ?? '') ? 'rtl' : 'ltr';
}
