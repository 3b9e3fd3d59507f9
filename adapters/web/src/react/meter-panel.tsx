import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { dateFormat, formatFull, spanLabel } from '../core/format.js';
import { bigger, type Span } from '../core/period.js';
import { isAdditive, isEmpty, type UsageSeries } from '../core/series.js';
import type { Num, PortalMeter, Session, UsageRequest } from '../core/wire.js';
import { useColours } from './colours.js';
import { usePortal } from './context.js';
import { Toggle } from './board-controls.js';
import { GroupByPicker, WindowPicker, zoneName } from './controls.js';
import { CsvButton } from './csv-button.js';
import { Icon } from './icons.js';
import { dimensionLabel, valueLabel } from './labels.js';
import { Legend } from './legend.js';
import { Plot } from './plot.js';
import { useSeries, useUsageAnswer } from './queries.js';
import { usePlace } from './root.js';
import { ErrorPanel, Panel, SkeletonChart, SkeletonTotal, StaleNote, Waiting } from './states.js';
import { SeriesTable } from './table.js';
import { UsageTotal } from './total.js';
import type { View } from './view.js';

export interface MeterPanelProps {
  meter: PortalMeter;
  view: View;
  request: UsageRequest;
  span: Span;
  zone: string;
  /** The zone in which the period begins and ends: that of the account, for billing periods. */
  periodZone: string;
  session: Session;
  /** Whether it is the only meter, so that the total needs no other heading. */
  alone: boolean;
  allowance: Num | undefined;
  headingLevel: number;
  onChange(change: Partial<View>): void;
  /** A change that leaves what was looked into. */
  onPeriod(change: Partial<View>): void;
  onDrill(from: number, to: number): void;
  onBack: (() => void) | undefined;
  onSay(message: string): void;
}

const LATE_MILLIS = 300_000;
const PRINTED_WINDOWS = 120;

/** One meter large: its total, its controls, its chart or table. */
export function MeterPanel(props: MeterPanelProps): ReactNode {
  const { meter, view, request, span, zone, periodZone, session, allowance, onChange, onSay } = props;
  const { text, labels } = usePortal();
  const { locale } = usePlace();
  const result = useUsageAnswer(request);
  const { data: series } = useSeries(result, meter.slug);
  const colours = useColours(series);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState(false);
  const id = useId();
  useEffect(() => setHidden(new Set()), [meter.slug, view.groupBy]);
  useAnnounced(series, result.isPlaceholder, `${JSON.stringify(request)}`, onSay);

  const Heading = `h${Math.min(6, props.headingLevel)}` as 'h3';
  const additive = isAdditive(meter.aggregation);
  const cumulative = view.cumulative && additive && !!series?.totals.some((point) => point?.cumulative);
  // What is too much in small intervals may do in larger ones, and asking the same again never does.
  const larger = result.error?.code.startsWith('too-many-') ? bigger(request.windowSize!, span) : undefined;
  const filters = Object.entries(view.filter).flatMap(([key, values]) => values.map((value) => ({ key, value })));
  const without = (key: string, value: string): View['filter'] => ({ ...view.filter, [key]: view.filter[key]!.filter((one) => one !== value) });

  return (
    <section className="up-panel" aria-labelledby={`${id}-name`} aria-busy={result.isFetching}>
      {result.isFetching && series && result.isPlaceholder && <div className="up-progress" />}
      <div className="up-headline">
        <div className="up-headline-text">
          {props.onBack && (
            <button type="button" className="up-link up-back" onClick={props.onBack}><Icon name="back" className="up-flip" /> {text('back')}</button>
          )}
          <Heading className="up-meter-name" id={`${id}-name`} title={meter.description}>{meter.name ?? meter.slug}</Heading>
          {series ? <UsageTotal series={series} allowance={props.alone ? allowance : undefined} /> : !result.error && <SkeletonTotal allowance={props.alone && !!allowance} />}
        </div>
        <button type="button" className="up-button up-filters-button" aria-expanded={open} aria-controls={`${id}-tools`} onClick={() => setOpen(!open)}>
          <Icon name="filter" /> {text('filters')}
        </button>
        <div className="up-toolbar" id={`${id}-tools`} data-open={open || undefined} part="toolbar">
          <GroupByPicker meter={meter} value={view.groupBy} onChange={(groupBy) => {
            const { groupBy: _, ...rest } = view;
            onChange(groupBy ? { groupBy } : { ...rest, groupBy: undefined } as Partial<View>);
          }} />
          <WindowPicker value={view.windowSize} span={span} smallest={session.smallestWindow} onChange={(windowSize) => onChange({ windowSize })} />
          <div className="up-buttons">
            <Toggle icon="compare" pressed={view.compare} onPress={(compare) => onChange({ compare })}>{text('compare')}</Toggle>
            {additive && <Toggle icon="cumulative" pressed={view.cumulative} onPress={(pressed) => onChange({ cumulative: pressed })}>{text('cumulative')}</Toggle>}
            <div className="up-segments" role="group" aria-label={text('view')}>
              {(['chart', 'table'] as const).map((kind) => (
                <button key={kind} type="button" className="up-button" aria-pressed={view.table === (kind === 'table')} onClick={() => onChange({ table: kind === 'table' })}>
                  <Icon name={kind} /> {text(kind)}
                </button>
              ))}
            </div>
            <CsvButton request={request} onSay={onSay} />
          </div>
        </div>
      </div>

      {filters.length > 0 && (
        <div className="up-chips">
          {filters.map(({ key, value }) => {
            const label = `${dimensionLabel(meter, key, labels)}: ${valueLabel(key, value, text, labels)}`;
            return (
              <button key={`${key} ${value}`} type="button" className="up-chip" aria-label={text('removeFilter', { label })} onClick={() => onChange({ filter: without(key, value) })}>
                <bdi>{label}</bdi> <Icon name="close" />
              </button>
            );
          })}
        </div>
      )}

      {result.waiting && <Waiting key={result.waiting.tries} error={result.waiting.error} />}
      {result.error && series && <StaleNote updatedAt={result.updatedAt} onRetry={result.refetch} />}
      {series && <Late series={series} />}

      {series ? (
        <Content {...props} series={series} colours={colours} cumulative={cumulative} hidden={hidden} setHidden={setHidden} busy={result.isPlaceholder} />
      ) : result.error ? (
        <ErrorPanel error={result.error} onRetry={result.refetch}>
          {larger && <button type="button" className="up-button" onClick={() => onChange({ windowSize: larger })}>{text('window')}: {text(larger)}</button>}
        </ErrorPanel>
      ) : <SkeletonChart />}

      {series && (
        <footer className="up-foot">
          <span>{text('footZone', { zone: zoneName(zone) })}</span>
          {periodZone !== zone && <span>{text('footBilling', { zone: zoneName(periodZone) })}</span>}
          {series.windows.some((window) => window.partial) && !isEmpty(series) && <span>{text('footOpen')}</span>}
          {result.updatedAt && <span>{text('footUpdated', { time: dateFormat(locale, zone, { timeStyle: 'medium' }).format(result.updatedAt) })}</span>}
          <button type="button" className="up-read" onClick={() => onSay(sentence(series, text, locale))}>{text('readTotal')}</button>
        </footer>
      )}
    </section>
  );
}

interface ContentProps extends MeterPanelProps {
  series: UsageSeries;
  colours: readonly number[];
  cumulative: boolean;
  hidden: ReadonlySet<string>;
  setHidden(hidden: ReadonlySet<string>): void;
  busy: boolean;
}

function Content({ series, colours, cumulative, hidden, setHidden, busy, view, allowance, onDrill, onPeriod, onChange }: ContentProps): ReactNode {
  const { text } = usePortal();
  const grouped = series.groupBy.length > 0;
  const empty = isEmpty(series);
  const legend = grouped && !view.table && !empty;
  return (
    <>
      {view.table && !empty ? <SeriesTable series={series} colours={colours} compare={view.compare} /> : (
        <div className="up-chart-frame">
          <Plot series={series} colours={colours} cumulative={cumulative} compare={view.compare} hidden={hidden} busy={busy}
            allowance={grouped ? undefined : allowance}
            onDrill={series.windowSize === 'MINUTE' || empty ? undefined : (index) => {
              const window = series.windows[index];
              if (window && !window.future) onDrill(Math.max(window.start, series.from), Math.min(window.end, series.to));
            }} />
          {empty && (
            <div className="up-over-chart">
              <Panel icon="empty" title={text(series.asOf ? 'emptyTitle' : 'emptyEver')} detail={text('emptyText')}>
                {series.asOf && <button type="button" className="up-button" onClick={() => onPeriod({ period: { days: 90 }, windowSize: 'AUTO' })}>{text('emptyAction', { n: 90 })}</button>}
              </Panel>
            </div>
          )}
        </div>
      )}
      {legend && (
        <Legend series={series} colours={colours} hidden={hidden} onHide={setHidden} onFilter={(line) => {
          const [key, value] = Object.entries(line.group)[0] ?? [];
          if (key !== undefined) onChange({ filter: { ...view.filter, [key]: [value!] } });
        }} />
      )}
      {grouped && !series.additive && <p className="up-hint">{text('notSummed')}</p>}
      {!view.table && series.windows.length <= PRINTED_WINDOWS && <div className="up-print"><SeriesTable series={series} colours={colours} compare={view.compare} whole /></div>}
    </>
  );
}

/** Newer events may be on their way, in set-ups where counting lags behind. */
function Late({ series }: { series: UsageSeries }): ReactNode {
  const { text, source } = usePortal();
  const { locale } = usePlace();
  const until = Date.parse(series.completeUntil ?? '');
  const end = Math.min(series.to, source?.tokens.now() ?? series.to);
  if (!(until < end - LATE_MILLIS)) return null;
  const time = dateFormat(locale, series.timeZone, { dateStyle: 'medium', timeStyle: 'short' }).format(until);
  return <div className="up-note"><Icon name="clock" /> <span>{text('complete', { time })}</span></div>;
}

/** Reads out what a reader's own choice has led to; what happens by itself is not read out. */
function useAnnounced(series: UsageSeries | undefined, placeholder: boolean, question: string, say: (message: string) => void): void {
  const { text } = usePortal();
  const { locale } = usePlace();
  const asked = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!series || placeholder || asked.current === question) return;
    if (asked.current !== undefined) say(sentence(series, text, locale));
    asked.current = question;
  }, [series, placeholder, question]);
}

function sentence(series: UsageSeries, text: ReturnType<typeof usePortal>['text'], locale: string | undefined): string {
  return text('loaded', {
    name: series.name,
    range: spanLabel(series.from, series.to, locale, series.timeZone),
    total: formatFull(series.total, locale, series.unit),
  });
}
