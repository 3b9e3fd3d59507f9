import {
  useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode,
} from 'react';
import { layoutChart, type ChartLayout } from '../core/chart.js';
import { formatCompact, formatFull, spanLabel, windowLabel } from '../core/format.js';
import type { UsageSeries } from '../core/series.js';
import type { Num } from '../core/wire.js';
import { usePortal } from './context.js';
import { lineLabel } from './labels.js';
import { usePlace } from './root.js';
import { Tooltip } from './tooltip.js';

export interface PlotProps {
  series: UsageSeries;
  /** A colour from 0 for each line, as a `ColourBook` gives it. */
  colours: readonly number[];
  cumulative?: boolean;
  compare?: boolean;
  hidden?: ReadonlySet<string>;
  allowance?: Num | undefined;
  busy?: boolean;
  onDrill?: ((index: number) => void) | undefined;
}

/** Draws one series. It is one stop for the tab key and reads out the interval it stands on. */
export function Plot({ series, colours, cumulative = false, compare = false, hidden, allowance, busy = false, onDrill }: PlotProps): ReactNode {
  const { text, labels } = usePortal();
  const { locale, direction, chartDirection } = usePlace();
  const box = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 720, height: 300 });
  const [active, setActive] = useState<number | null>(null);
  const id = useId();
  const mirrored = chartDirection === 'rtl';

  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      if (clientWidth) setSize({ width: clientWidth, height: clientHeight || 300 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const shown = useMemo(() => (compare ? series : { ...series, previous: undefined }), [series, compare]);
  const level = cumulative && series.additive ? allowance?.value : undefined;
  const layout = useMemo(() => layoutChart(shown, {
    width, height, cumulative, mirrored,
    ...(locale && { locale }), ...(hidden && { hidden }), ...(level !== undefined && { level }),
  }), [shown, width, height, cumulative, mirrored, locale, hidden, level]);

  const last = Math.max(0, series.windows.findLastIndex((window) => !window.future));
  const focused = Math.min(active ?? last, series.windows.length - 1);
  const move = (index: number): void => setActive(Math.min(series.windows.length - 1, Math.max(0, index)));

  const drill = (index: number): void => {
    setActive(null);
    onDrill?.(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = 7;
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: page, PageDown: -page }[event.key];
    const sideways = event.key === 'ArrowRight' || event.key === 'ArrowLeft';
    if (step) move(focused + (mirrored && sideways ? -step : step));
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(series.windows.length - 1);
    else if (event.key === 'Escape' && active !== null) {
      setActive(null);
      event.stopPropagation();
      return;
    } else if (event.key === 'Enter' && onDrill) drill(focused);
    else return;
    event.preventDefault();
  };
  const onPointer = (event: PointerEvent): void => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - bounds.left;
    if (x < layout.left - 12 || x > layout.right + 12) setActive(null);
    else move(layout.indexAt(x));
  };

  const valueText = series.windows.length ? spoken(series, focused) : '';
  function spoken(of: UsageSeries, index: number): string {
    const window = of.windows[index]!;
    const total = cumulative ? of.totals[index]?.cumulative : of.totals[index];
    const parts = of.lines.length > 1 || of.groupBy.length
      ? of.lines.map((line) => `${lineLabel(line, text, labels)} ${formatFull(numOf(cumulative ? line.points[index]?.cumulative : line.points[index]), locale)}`) : [];
    const previous = compare && of.previous?.points[index];
    return [
      `${windowLabel(window.start, of.windowSize, locale, of.timeZone)}: ${formatFull(numOf(total), locale, of.unit)}`,
      ...parts,
      ...(previous ? [`${text('previous')} ${formatFull(numOf(cumulative ? previous.cumulative : previous), locale)}`] : []),
      ...(window.partial ? [text('stillCounting')] : []),
    ].join('; ');
  }

  return (
    <figure className="up-figure" part="chart" aria-busy={busy} data-busy={busy || undefined}>
      <figcaption className="up-sr" id={`${id}-caption`}>{summaryOf(series, text, locale)}</figcaption>
      <div ref={box} className="up-plot" role="slider" tabIndex={0} aria-orientation="horizontal"
        aria-label={text('chartLabel', { name: series.name })} aria-describedby={`${id}-caption ${id}-help`}
        aria-valuemin={0} aria-valuemax={Math.max(0, series.windows.length - 1)} aria-valuenow={Math.max(0, focused)} aria-valuetext={valueText}
        onKeyDown={onKeyDown} onBlur={() => setActive(null)} onPointerMove={onPointer} onPointerDown={onPointer}
        onPointerLeave={(event) => event.pointerType === 'mouse' && setActive(null)}
        onClick={() => active !== null && onDrill && drill(active)} data-drill={onDrill ? '' : undefined}>
        <Drawing layout={layout} width={width} height={height} colours={colours} lines={series.lines} active={active}
          level={level !== undefined ? text('includedLabel', { allowance: formatCompact(allowance, locale, series.unit) }) : ''} mirrored={mirrored} direction={direction} />
        {active !== null && series.windows[active] && (
          <Tooltip series={series} index={active} colours={colours} hidden={hidden} cumulative={cumulative} compare={compare}
            at={layout.middle(active)} slot={layout.slot} width={width} />
        )}
      </div>
      <span className="up-sr" id={`${id}-help`}>{text('chartHelp')}</span>
    </figure>
  );
}

interface DrawingProps {
  layout: ChartLayout;
  width: number;
  height: number;
  colours: readonly number[];
  lines: UsageSeries['lines'];
  active: number | null;
  level: string;
  mirrored: boolean;
  direction: 'ltr' | 'rtl';
}

function Drawing({ layout, width, height, colours, lines, active, level, mirrored, direction }: DrawingProps): ReactNode {
  const { left, right, top, bottom, slot, form } = layout;
  // Where a text begins is its right edge when it is read from there.
  const [toTheRight, toTheLeft] = direction === 'rtl' ? ['end', 'start'] as const : ['start', 'end'] as const;
  const colour = (at: number): string => colourClass(lines[at]!.other ? -1 : colours[at] ?? 0);
  return (
    <svg className="up-svg" width={width} height={height} aria-hidden="true" focusable="false" direction={direction}>
      {layout.y.map((tick) => (
        <g key={tick.at}>
          <line className={tick.at === layout.zero ? 'up-base' : 'up-grid'} x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="up-tick" x={mirrored ? right + 10 : left - 10} y={tick.at} dy="0.32em" style={{ textAnchor: mirrored ? toTheRight : toTheLeft }}>{tick.label}</text>
        </g>
      ))}
      {layout.x.map((tick) => <text key={tick.at} className="up-tick" x={tick.at} y={height - 6} style={{ textAnchor: 'middle' }}>{tick.label}</text>)}
      {active !== null && form === 'bars' && (
        <rect className="up-hover" x={layout.middle(active) - slot / 2} width={slot} y={top - 6} height={bottom - top + 6} rx="4" />
      )}
      {active !== null && form !== 'bars' && (
        <line className="up-cross" x1={layout.middle(active)} x2={layout.middle(active)} y1={top - 6} y2={bottom} />
      )}
      {layout.shapes.map(({ line, path, open, edge }) => (
        <g key={line.key} className={colour(lines.indexOf(line))}>
          {path && <path className={`up-${form}`} d={path} />}
          {open && <path className="up-bars up-open" d={open} />}
          {edge && <path className="up-edge" d={edge} />}
        </g>
      ))}
      {layout.previous && form === 'bars' && <path className="up-halo" d={layout.previous} />}
      {layout.previous && <path className="up-previous" d={layout.previous} />}
      {level && (
        <g>
          <line className="up-level" x1={left} x2={right} y1={layout.level} y2={layout.level} />
          <text className="up-level-label" x={mirrored ? left + 4 : right - 4} y={layout.level! - 6} style={{ textAnchor: mirrored ? toTheRight : toTheLeft }}>{level}</text>
        </g>
      )}
    </svg>
  );
}

export function colourClass(colour: number): string {
  return colour < 0 ? 'up-so' : `up-s${(colour % 7) + 1}`;
}

export function numOf(point: { value?: number | null; exact?: string | null } | null | undefined): Num | null {
  return point && point.value !== null && point.value !== undefined && point.exact !== null ? point as Num : null;
}

function summaryOf(series: UsageSeries, text: ReturnType<typeof usePortal>['text'], locale: string | undefined): string {
  let peak = -1;
  series.totals.forEach((point, index) => {
    if (point?.value != null && (peak < 0 || point.value > series.totals[peak]!.value!)) peak = index;
  });
  return text('summary', {
    name: series.name,
    range: spanLabel(series.from, series.to, locale, series.timeZone),
    kind: text(series.aggregation),
    total: formatFull(series.total, locale, series.unit),
    peak: formatFull(numOf(series.totals[peak]), locale, series.unit),
    when: peak < 0 ? '–' : windowLabel(series.windows[peak]!.start, series.windowSize, locale, series.timeZone),
  });
}
