import type { ReactNode } from 'react';
import { formatCompact, formatFull, windowLabel, writtenUnit } from '../core/format.js';
import type { UsageSeries } from '../core/series.js';
import type { Point } from '../core/wire.js';
import { usePortal } from './context.js';
import { lineLabel } from './labels.js';
import { colourClass, numOf } from './plot.js';
import { usePlace } from './root.js';

export interface TooltipProps {
  series: UsageSeries;
  index: number;
  colours: readonly number[];
  hidden: ReadonlySet<string> | undefined;
  cumulative: boolean;
  compare: boolean;
  at: number;
  slot: number;
  width: number;
}

const ROOM = 268;

/** The values of one interval, beside it and never outside of the chart. */
export function Tooltip({ series, index, colours, hidden, cumulative, compare, at, slot, width }: TooltipProps): ReactNode {
  const { text, labels } = usePortal();
  const { locale, direction } = usePlace();
  const window = series.windows[index]!;
  const unit = writtenUnit(series.unit);
  const shown = (point: Point | null | undefined): string => {
    const number = numOf(cumulative ? point?.cumulative : point);
    return unit ? formatCompact(number, locale, unit) : formatFull(number, locale);
  };
  const grouped = series.groupBy.length > 0;
  const before = at > width / 2;
  const gap = Math.min(slot / 2, 40) + 10;
  const away = Math.max(0, Math.min((before ? width - at : at) + gap, width - ROOM));
  const previous = compare ? series.previous?.points[index] : undefined;
  const rows = series.lines.map((line, nth) => ({ line, nth })).filter(({ line }) => !hidden?.has(line.key));

  return (
    <div className="up-tooltip" part="tooltip" aria-hidden="true" dir={direction} style={{ [before ? 'right' : 'left']: `${away}px` }}>
      <div className="up-tooltip-head">
        <span>{windowLabel(window.start, series.windowSize, locale, series.timeZone)}</span>
        {window.partial && <span className="up-pill">{text('stillCounting')}</span>}
      </div>
      <div className="up-tooltip-rows">
        {grouped && rows.map(({ line, nth }) => (
          <div className="up-tooltip-row" key={line.key}>
            <i className={`up-swatch ${colourClass(line.other ? -1 : colours[nth]!)}`} />
            <bdi>{lineLabel(line, text, labels)}</bdi>
            <b>{shown(line.points[index])}</b>
          </div>
        ))}
        <div className={`up-tooltip-row ${grouped ? 'up-tooltip-total' : ''}`}>
          {grouped ? <i className="up-swatch-gap" /> : <i className={`up-swatch ${colourClass(colours[0]!)}`} />}
          <bdi>{grouped ? text(series.aggregation) : series.name}</bdi>
          <b>{window.future ? '–' : shown(series.totals[index])}</b>
        </div>
        {previous && (
          <div className="up-tooltip-row up-muted">
            <i className="up-dash" />
            <bdi>{windowLabel(Date.parse(previous.windowStart), series.windowSize, locale, series.timeZone)}</bdi>
            <b>{shown(previous)}</b>
          </div>
        )}
      </div>
    </div>
  );
}
