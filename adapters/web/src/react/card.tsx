import type { ReactNode } from 'react';
import { formatCompact, formatFull } from '../core/format.js';
import { changeOf } from '../core/series.js';
import type { MeterAnswer, Num } from '../core/wire.js';
import { usePlace } from './root.js';
import { Allowance, Change, withoutWeight } from './total.js';

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
