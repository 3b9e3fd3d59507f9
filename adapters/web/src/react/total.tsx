import type { ReactNode } from 'react';
import { formatCompact, formatFull, formatPercent } from '../core/format.js';
import { changeOf, type UsageSeries } from '../core/series.js';
import type { MeterAnswer, Num } from '../core/wire.js';
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

export interface CardProps {
  answer: MeterAnswer;
  allowance: Num | undefined;
  /** Windows that begin later are not part of the small line. */
  now: number;
  chosen: boolean;
  onChoose(): void;
}

/** One meter in brief; pressing it shows it large. */
export function MeterCard({ answer, allowance, now, chosen, onChoose }: CardProps): ReactNode {
  const { locale } = usePlace();
  const { name, meter, unit, total, previous } = answer;
  return (
    <button type="button" className="up-card" aria-pressed={chosen} onClick={onChoose}>
      <span className="up-card-name">{name ?? meter}</span>
      <span className="up-card-row">
        <span className="up-card-value" title={formatFull(total, locale, unit)}>{withoutWeight(formatCompact(total, locale, unit), unit)}</span>
        <Change change={changeOf(previous?.delta, previous?.total)} />
      </span>
      <Spark answer={answer} now={now} />
      {allowance && <Allowance used={total} allowance={allowance} unit={unit} brief />}
    </button>
  );
}

function Spark({ answer, now }: { answer: MeterAnswer; now: number }): ReactNode {
  // What is still counting would look like a fall.
  const values = answer.windows.flatMap(({ windowStart, partial, value }) =>
    (partial || value === null || Date.parse(windowStart) > now ? [] : [value]));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const { chartDirection } = usePlace();
  const place = (value: number, at: number): string => {
    const x = values.length > 1 ? (at / (values.length - 1)) * 120 : 60;
    return `${(chartDirection === 'rtl' ? 120 - x : x).toFixed(1)} ${(30 - ((value - low) / (high - low || 1)) * 27).toFixed(1)}`;
  };
  const points = values.map(place);
  const edge = points.length ? `M${points.join('L')}` : '';
  const [first, last] = chartDirection === 'rtl' ? [120, 0] : [0, 120];
  return (
    <svg className="up-spark" viewBox="0 0 120 32" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {edge && <path className="up-spark-area" d={`${edge}L${last} 32L${first} 32z`} />}
      {edge && <path className="up-spark-line" d={edge} />}
    </svg>
  );
}

function totalText(total: Num | null, locale: string | undefined, unit: string | undefined): ReactNode {
  const full = formatFull(total, locale, unit);
  const text = full.length > 22 || (unit && /^(byte|bytes|By|s|ms|seconds?|milliseconds?)$/.test(unit)) ? formatCompact(total, locale, unit) : full;
  return withoutWeight(text, unit);
}

/** The unit steps back behind the number. */
function withoutWeight(text: string, unit: string | undefined): ReactNode {
  const suffix = unit && text.endsWith(` ${unit}`) ? unit : '';
  return suffix ? <>{text.slice(0, -suffix.length - 1)} <span className="up-unit">{suffix}</span></> : text;
}
