import { useMemo, useState, type ReactNode } from 'react';
import { datesOf, fittingWindow, millisOf, misfit, periodOfDates, periodOfMonths, spanOf, WINDOW_SIZES, type Span } from '../core/period.js';
import type { Period, PortalMeter, WindowSize } from '../core/wire.js';
import { usePortal } from './context.js';
import { Icon } from './icons.js';
import { dimensionLabel } from './labels.js';
import { useSession } from './queries.js';
import { Root, usePlace } from './root.js';

interface FieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  children: ReactNode;
}

/** A native select with its label inside of the box. */
export function Field({ label, value, onChange, children }: FieldProps): ReactNode {
  return (
    <label className="up-field">
      <span className="up-field-label">{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>{children}</select>
      <Icon name="chevron" />
    </label>
  );
}

export interface PeriodPickerProps {
  value: Period;
  onChange(period: Period): void;
  timeZone?: string;
  /** The presets in days. */
  days?: readonly number[];
}

const DAYS = [1, 7, 30, 90];
const YEAR = 12;

/** Billing periods, the last so many days, or two dates. */
export function PeriodPicker({ value, onChange, timeZone, days = DAYS }: PeriodPickerProps): ReactNode {
  const { text, source } = usePortal();
  const { data: session } = useSession();
  const place = usePlace();
  const zone = timeZone ?? place.timeZone;
  const [custom, setCustom] = useState(false);
  const now = source?.tokens.now() ?? 0;
  const longest = session?.longestRange ? millisOf(session.longestRange) : Infinity;
  const tooLong = ({ from, to }: Span): boolean => to - from > longest + 3_600_000;
  const span = spanOf(value, now, zone, session?.billing);
  const year = periodOfMonths(YEAR, now, zone);
  const isRange = typeof value === 'object' && 'from' in value;
  const isYear = isRange && JSON.stringify(value) === JSON.stringify(year);
  const key = typeof value === 'string' ? value : 'days' in value ? `days-${value.days}` : isYear && !custom ? 'year' : 'custom';

  const choose = (chosen: string): void => {
    setCustom(chosen === 'custom');
    if (chosen === 'custom') onChange(periodOfDates(...datesOf({ from: span.from, to: Math.min(span.to, spanOf({ days: 1 }, now, zone).to) }, zone), zone));
    else if (chosen === 'year') onChange(year);
    else if (chosen.startsWith('days-')) onChange({ days: Number(chosen.slice(5)) });
    else onChange(chosen as Period);
  };
  const [first, last] = datesOf(span, zone);
  const pick = (from: string, to: string): void => {
    if (!from || !to) return;
    onChange(from <= to ? periodOfDates(from, to, zone) : periodOfDates(to, from, zone));
  };
  const known = [...new Set([...days, ...(typeof value === 'object' && 'days' in value ? [value.days] : [])])].sort((a, b) => a - b);

  return (
    <Root>
      <Field label={text('period')} value={key} onChange={choose}>
        <option value="current">{text(session?.billing ? 'currentPeriod' : 'thisMonth')}</option>
        <option value="previous">{text(session?.billing ? 'previousPeriod' : 'lastMonth')}</option>
        {known.map((n) => <option key={n} value={`days-${n}`} disabled={tooLong(spanOf({ days: n }, now, zone))}>{text('lastDays', { n })}</option>)}
        <option value="year" disabled={tooLong(spanOf(year, now, zone))}>{text('lastMonths', { n: YEAR })}</option>
        <option value="custom">{text('custom')}</option>
      </Field>
      {key === 'custom' && (
        <span className="up-dates">
          <label className="up-field">
            <span className="up-field-label">{text('from')}</span>
            <input type="date" value={first} max={last} onChange={(event) => pick(event.currentTarget.value, last)} />
          </label>
          <label className="up-field">
            <span className="up-field-label">{text('to')}</span>
            <input type="date" value={last} min={first} onChange={(event) => pick(first, event.currentTarget.value)} />
          </label>
        </span>
      )}
    </Root>
  );
}

export interface WindowPickerProps {
  value: WindowSize | 'AUTO';
  span: Span;
  smallest?: WindowSize | undefined;
  onChange(size: WindowSize | 'AUTO'): void;
}

/** Sizes that do not fit the range say why. */
export function WindowPicker({ value, span, smallest, onChange }: WindowPickerProps): ReactNode {
  const { text } = usePortal();
  const auto = fittingWindow('AUTO', span, smallest);
  const reasons = { 'too-many': 'tooMany', 'too-few': 'tooFew', 'not-allowed': 'notAllowed' } as const;
  return (
    <Root>
      <Field label={text('window')} value={value} onChange={(size) => onChange(size as WindowSize | 'AUTO')}>
        <option value="AUTO">{text('autoIs', { size: text(auto) })}</option>
        {WINDOW_SIZES.map((size) => {
          const reason = misfit(size, span, smallest);
          return <option key={size} value={size} disabled={!!reason}>{reason ? text(reasons[reason], { size: text(size) }) : text(size)}</option>;
        })}
      </Field>
    </Root>
  );
}

export interface GroupByPickerProps {
  meter: PortalMeter | undefined;
  value: string | undefined;
  onChange(key: string | undefined): void;
}

export function GroupByPicker({ meter, value, onChange }: GroupByPickerProps): ReactNode {
  const { text, labels } = usePortal();
  if (!meter?.groupBy.length) return null;
  return (
    <Root>
      <Field label={text('groupBy')} value={value ?? ''} onChange={(key) => onChange(key || undefined)}>
        <option value="">{text('ungrouped')}</option>
        {meter.groupBy.map(({ key }) => <option key={key} value={key}>{dimensionLabel(meter, key, labels)}</option>)}
      </Field>
    </Root>
  );
}

export interface ZonePickerProps {
  value: string;
  onChange(zone: string): void;
}

/** The account's zone, the browser's, UTC, and then all there are. */
export function ZonePicker({ value, onChange }: ZonePickerProps): ReactNode {
  const { text, timeZone } = usePortal();
  const { data: session } = useSession();
  const { browserZone } = usePlace();
  const account = session?.timeZone ?? timeZone;
  const all = useMemo(() => Intl.supportedValuesOf?.('timeZone') ?? [], []);
  const near = new Map<string, string>();
  if (account) near.set(account, text('zoneAccount', { zone: zoneName(account) }));
  if (browserZone && browserZone !== account) near.set(browserZone, text('zoneBrowser', { zone: zoneName(browserZone) }));
  for (const zone of ['UTC', value]) if (!near.has(zone)) near.set(zone, zoneName(zone));
  return (
    <Root>
      <Field label={text('zone')} value={value} onChange={onChange}>
        {[...near].map(([zone, name]) => <option key={zone} value={zone}>{name}</option>)}
        <optgroup label={text('zones')}>
          {all.filter((zone) => !near.has(zone)).map((zone) => <option key={zone} value={zone}>{zoneName(zone)}</option>)}
        </optgroup>
      </Field>
    </Root>
  );
}

export function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}
