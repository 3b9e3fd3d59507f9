import { useRef, type MouseEvent, type ReactNode } from 'react';
import { formatCompact, formatFull, formatPercent, writtenUnit } from '../core/format.js';
import type { Line, UsageSeries } from '../core/series.js';
import { usePortal } from './context.js';
import { Icon } from './icons.js';
import { lineLabel } from './labels.js';
import { colourClass } from './plot.js';
import { usePlace } from './root.js';

export interface LegendProps {
  series: UsageSeries;
  colours: readonly number[];
  hidden: ReadonlySet<string>;
  onHide(hidden: ReadonlySet<string>): void;
  onFilter?: ((line: Line) => void) | undefined;
}

const HOLD_MILLIS = 500;

/** The groups by size, with their shares; each is a switch for its part of the chart. */
export function Legend({ series, colours, hidden, onHide, onFilter }: LegendProps): ReactNode {
  const { text, labels } = usePortal();
  const { locale } = usePlace();
  const whole = series.additive ? series.total?.value : undefined;
  const press = useRef<{ timer?: ReturnType<typeof setTimeout>; long?: boolean }>({});
  const isolate = (line: Line): void => {
    const others = series.lines.filter((one) => one !== line).map(({ key }) => key);
    const alone = !hidden.has(line.key) && others.every((key) => hidden.has(key));
    onHide(new Set(alone ? [] : others));
  };
  // Fingers have no Alt: they hold instead, and the click that follows means nothing.
  const hold = (line: Line): void => {
    release();
    press.current = { timer: setTimeout(() => {
      press.current.long = true;
      isolate(line);
    }, HOLD_MILLIS) };
  };
  const release = (): void => clearTimeout(press.current.timer);
  const toggle = (line: Line, event: MouseEvent): void => {
    release();
    const { long } = press.current;
    press.current = {};
    if (long) return;
    if (event.altKey || event.shiftKey) isolate(line);
    else {
      const next = new Set(hidden);
      if (!next.delete(line.key)) next.add(line.key);
      onHide(next.size === series.lines.length ? new Set() : next);
    }
  };
  return (
    <ul className="up-legend" aria-label={text('legend')}>
      {series.lines.map((line, at) => {
        const label = lineLabel(line, text, labels);
        const share = whole && line.total ? line.total.value / whole : null;
        return (
          <li key={line.key} className={`up-legend-item ${colourClass(line.other ? -1 : colours[at]!)}`}>
            <button type="button" className="up-legend-toggle" aria-pressed={!hidden.has(line.key)} title={text('legendHint')}
              onPointerDown={() => hold(line)} onPointerLeave={release} onPointerCancel={release} onPointerUp={release} onClick={(event) => toggle(line, event)}>
              <i className="up-swatch" />
              <bdi className="up-legend-name">{label}</bdi>
              <span className="up-legend-value" title={formatFull(line.total, locale, series.unit)}>{formatCompact(line.total, locale, writtenUnit(series.unit))}</span>
              {share !== null && <span className="up-legend-share">{formatPercent(share, locale)}</span>}
              {share !== null && (
                <svg className="up-share" aria-hidden="true" focusable="false" preserveAspectRatio="none" viewBox="0 0 100 1">
                  <rect className="up-share-bar" width={Math.max(0, share * 100)} height="1" />
                </svg>
              )}
            </button>
            {onFilter && !line.other && (
              <button type="button" className="up-legend-only" aria-label={text('only', { label })} title={text('only', { label })} onClick={() => onFilter(line)}>
                <Icon name="filter" />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
