import type { ReactNode } from 'react';
import { spanLabel } from '../core/format.js';
import type { Span } from '../core/period.js';
import type { Period, PortalMeter } from '../core/wire.js';
import { usePortal } from './context.js';
import { Field } from './controls.js';
import { Icon } from './icons.js';
import { usePlace } from './root.js';

/** For more meters than there is room for cards. */
export function MeterPicker({ meters, value, onChange }: { meters: readonly PortalMeter[]; value: string; onChange(slug: string): void }): ReactNode {
  const { text } = usePortal();
  return (
    <Field label={text('meters')} value={value} onChange={onChange}>
      {meters.map(({ slug, name }) => <option key={slug} value={slug}>{name}</option>)}
    </Field>
  );
}

/** "Billing period Nov 1 – 30, 2026 · 12 days left", or only the dates. */
export function PeriodLine({ span, period, billing, timeZone, left }: { span: Span; period: Period; billing: boolean; timeZone: string; left: number }): ReactNode {
  const { text } = usePortal();
  const { locale } = usePlace();
  const range = spanLabel(span.from, span.to, locale, timeZone);
  return (
    <>
      <span>{text(billing ? 'billingPeriod' : 'periodRange', { range })}</span>
      {period === 'current' && left > 0 && <span className="up-dot-before">{text('daysLeft', { n: left })}</span>}
    </>
  );
}

interface ToggleProps {
  pressed: boolean;
  onPress(pressed: boolean): void;
  icon: 'compare' | 'cumulative' | 'chart' | 'table';
  children: ReactNode;
}

export function Toggle({ pressed, onPress, icon, children }: ToggleProps): ReactNode {
  return (
    <button type="button" className="up-button up-toggle" aria-pressed={pressed} onClick={() => onPress(!pressed)}>
      <Icon name={icon} /> {children}
    </button>
  );
}
