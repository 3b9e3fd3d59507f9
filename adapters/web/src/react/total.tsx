import type { ReactNode } from 'react';
import { formatCompact, formatFull, formatPercent, scalesWithSize } from '../core/format.js';
import { changeOf, type UsageSeries } from '../core/series.js';
import type { Num } from '../core/wire.js';
import { usePortal } from './context.js';
import { Root, usePlace } from './root.js';

export interface UsageTotalProps {
  series: UsageSeries;
  allowance?: Num | undefined;
}

/** The number of the period, and how it compares with the one before. */
export function UsageTotal({ series, allowance }: UsageTotalProps): ReactNode {
  const { text } = usePortal();
  const { locale } = usePlace();
  const { previous, total, unit } = series;
  const open = !!previous && previous.comparedTo < previous.to;
  return (
    <Root>
      <div className="up-total">
        <p className="up-total-kind">{text(series.aggregation)}</p>
        <p className="up-total-line">
          <span className="up-total-value" title={total?.exact}>{totalText(total, locale, unit)}</span>
          <Change change={changeOf(previous?.delta, previous?.total)} open={open} long />
        </p>
        {allowance && <Allowance used={total} allowance={allowance} unit={unit} />}
      </div>
    </Root>
  );
}

/** More is neither good nor bad, so the colour is the same for both; the sign says which. */
export function Change({ change, open = false, long = false }: { change: number | null; open?: boolean; long?: boolean }): ReactNode {
  const { text } = usePortal();
  const { locale } = usePlace();
  if (change === null) return null;
  const percent = formatPercent(change, locale, true);
  const whole = text(open ? 'changeTo' : 'change', { change: percent });
  return (
    <span className="up-change" title={whole}>
      <bdi className="up-change-value">{percent}</bdi>
      {long ? <span className="up-change-text">{whole.replace(percent, '').trim()}</span> : <span className="up-sr">{whole.replace(percent, '')}</span>}
    </span>
  );
}

export function Allowance({ used, allowance, unit, brief = false }: { used: Num | null; allowance: Num; unit: string | undefined; brief?: boolean }): ReactNode {
  const { text } = usePortal();
  const { locale } = usePlace();
  const share = allowance.value > 0 ? (used?.value ?? 0) / allowance.value : 0;
  const level = share >= 1 ? 'over' : share >= 0.8 ? 'near' : 'fine';
  const values = { share: formatPercent(share, locale), allowance: formatCompact(allowance, locale, brief ? undefined : unit) };
  return (
    <div className="up-allowance" data-level={level}>
      <svg className="up-meter" aria-hidden="true" focusable="false" preserveAspectRatio="none" viewBox="0 0 100 1">
        <rect className="up-meter-bar" width={Math.min(100, Math.max(0, share * 100))} height="1" />
      </svg>
      <span className="up-allowance-text">{text('included', values)}{level === 'over' && !brief ? ` · ${text('over')}` : ''}</span>
    </div>
  );
}

function totalText(total: Num | null, locale: string | undefined, unit: string | undefined): ReactNode {
  const full = formatFull(total, locale, unit);
  const text = full.length > 22 || scalesWithSize(unit) ? formatCompact(total, locale, unit) : full;
  return withoutWeight(text, unit);
}

/** The unit steps back behind the number. */
export function withoutWeight(text: string, unit: string | undefined): ReactNode {
  const suffix = unit && text.endsWith(` ${unit}`) ? unit : '';
  return suffix ? <>{text.slice(0, -suffix.length - 1)} <span className="up-unit">{suffix}</span></> : text;
}
