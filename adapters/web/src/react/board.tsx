import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { daysLeft, fittingWindow, smaller, spanOf } from '../core/period.js';
import type { MeterRequest, PortalMeter, Session, UsageRequest } from '../core/wire.js';
import { isZone } from '../core/zone.js';
import { MeterPicker, PeriodLine } from './board-controls.js';
import { MeterCard } from './card.js';
import { usePortal } from './context.js';
import { PeriodPicker, ZonePicker } from './controls.js';
import type { UsageDashboardProps } from './dashboard.js';
import { LiveBadge } from './live-badge.js';
import { MeterPanel } from './meter-panel.js';
import { useLiveStatus, useUsageAnswer } from './queries.js';
import { usePlace } from './root.js';
import { FailedNote, Panel, SkeletonCards } from './states.js';
import type { View } from './view.js';

/** So many meters the server answers at once. */
const MOST_CARDS = 20;
const ZONE_KEY = 'meterport.timeZone';

export interface BoardProps extends UsageDashboardProps {
  session: Session;
  view: Partial<View>;
  setView(view: View): void;
}

/** All of it, once the session is known. */
export function Board({ meters: wanted, title, onViewChange, top = 7, headingLevel = 2, session, view: partial, setView }: BoardProps): ReactNode {
  const { text, source } = usePortal();
  const { status: liveStatus } = useLiveStatus();
  const place = usePlace();
  const [message, say] = useState('');
  const [stack, setStack] = useState<View[]>([]);
  const [ownZone, setOwnZone] = useState(storedZone);

  const meters = useMemo(() => chosenOf(session.meters, wanted), [session.meters, wanted]);
  const view: View = {
    period: session.billing ? 'current' : { days: 30 },
    windowSize: 'AUTO', filter: {}, compare: false, cumulative: false, table: false, ...partial,
  };
  const meter = meters.find(({ slug }) => slug === view.meter) ?? meters[0];
  const zone = view.timeZone ?? ownZone ?? place.timeZone;
  const now = source!.tokens.now();
  const span = spanOf(view.period, now, zone, session.billing);
  // Billing periods begin and end where the account is, whatever zone is shown.
  const billing = !!session.billing && typeof view.period === 'string';
  const periodZone = billing ? session.timeZone ?? 'UTC' : zone;
  const windowSize = fittingWindow(view.windowSize, span, session.smallestWindow);

  const show = (change: Partial<View>): void => {
    const next = { ...view, ...change };
    setView(next);
    onViewChange?.(next);
  };
  const change = (part: Partial<View>): void => {
    setStack([]);
    show(part);
  };
  const common = { period: view.period, timeZone: zone, windowSize };
  const cards = useUsageAnswer({
    ...common, meters: meters.slice(0, MOST_CARDS).map(({ slug }): MeterRequest => ({ meter: slug, compare: 'previous', fill: true })),
  }, { enabled: meters.length > 1 });
  const request: UsageRequest = { ...common, meters: meter ? [meterRequest(meter, view, top)] : [] };

  useSaid(liveStatus === 'offline', () => say(text('nowOffline')));

  const back = (): void => {
    const before = stack[stack.length - 1];
    if (!before) return;
    setStack(stack.slice(0, -1));
    show(before);
  };
  const drill = (from: number, to: number): void => {
    const next = smaller(windowSize);
    if (!next || fittingWindow(next, { from, to }, session.smallestWindow) === windowSize) return;
    setStack([...stack, view]);
    show({ period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() }, windowSize: 'AUTO' });
  };
  const Heading = `h${headingLevel}` as 'h2';

  if (!meter) return <Panel icon="empty" title={text('noMeters')} detail={text('deniedText')} />;
  return (
    <div className="up-board" onKeyDown={(event: KeyboardEvent) => event.key === 'Escape' && back()}>
      <header className="up-header" part="header">
        <div className="up-heading">
          <div className="up-title-line">
            <Heading className="up-title">{title ?? text('title')}</Heading>
            <LiveBadge updatedAt={cards.updatedAt} onSay={say} />
          </div>
          <p className="up-subtitle">
            {session.subject.displayName && <span className="up-dot-after"><bdi>{session.subject.displayName}</bdi></span>}
            <PeriodLine span={span} period={view.period} billing={billing} timeZone={periodZone} left={daysLeft(span, now, periodZone)} />
          </p>
        </div>
        <div className="up-pickers">
          {meters.length > MOST_CARDS && <MeterPicker meters={meters} value={meter.slug} onChange={(slug) => change({ meter: slug })} />}
          <PeriodPicker value={view.period} timeZone={zone} onChange={(period) => change({ period })} />
          <ZonePicker value={zone} onChange={(chosen) => {
            storeZone(chosen);
            setOwnZone(chosen);
            change({ timeZone: chosen });
          }} />
        </div>
      </header>

      {meters.length > 1 && (cards.data ? (
        <div className="up-cards" role="group" aria-label={text('meters')} aria-busy={cards.isFetching} data-busy={cards.isPlaceholder || undefined}>
          {cards.data.meters.map((answer) => (
            <MeterCard key={answer.meter} answer={answer} now={now} chosen={answer.meter === meter.slug} allowance={allowanceOf(session, view, answer.meter)}
              onChoose={() => change({ meter: answer.meter })} />
          ))}
        </div>
      ) : cards.error ? <FailedNote onRetry={cards.refetch} /> : <SkeletonCards cards={Math.min(meters.length, MOST_CARDS)} allowances={meters.some(({ slug }) => allowanceOf(session, view, slug))} />)}

      <MeterPanel meter={meter} view={view} request={request} span={span} zone={zone} periodZone={periodZone} session={session} alone={meters.length === 1}
        allowance={allowanceOf(session, view, meter.slug)} headingLevel={headingLevel + 1}
        onChange={show} onPeriod={change} onDrill={drill} onBack={stack.length ? back : undefined} onSay={say} />

      <div className="up-sr" role="status" aria-live="polite">{message}</div>
    </div>
  );
}

/** Speaks when something becomes true, not as long as it is. */
function useSaid(now: boolean, speak: () => void): void {
  const before = useRef(now);
  useEffect(() => {
    if (now && !before.current) speak();
    before.current = now;
  }, [now]);
}

function chosenOf(meters: readonly PortalMeter[], wanted: readonly string[] | undefined): readonly PortalMeter[] {
  if (!wanted) return meters;
  return wanted.flatMap((slug) => meters.find((meter) => meter.slug === slug) ?? []);
}

function meterRequest(meter: PortalMeter, view: View, top: number): MeterRequest {
  const has = (key: string): boolean => meter.groupBy.some((dimension) => dimension.key === key);
  const filter = Object.fromEntries(Object.entries(view.filter).filter(([key, values]) => has(key) && values.length));
  const additive = meter.aggregation === 'SUM' || meter.aggregation === 'COUNT';
  return {
    meter: meter.slug,
    ...(view.groupBy && has(view.groupBy) && { groupBy: [view.groupBy], top }),
    ...(Object.keys(filter).length && { filterGroupBy: filter }),
    compare: 'previous',
    ...(view.cumulative && additive && { cumulative: true }),
    fill: true,
  };
}

/** What is included counts for a billing period, and for nothing shorter or longer. */
function allowanceOf(session: Session, view: View, slug: string) {
  return typeof view.period === 'string' && !Object.keys(view.filter).length ? session.allowances?.[slug] : undefined;
}

function storedZone(): string | undefined {
  try {
    const zone = localStorage.getItem(ZONE_KEY);
    return zone && isZone(zone) ? zone : undefined;
  } catch {
    return undefined;
  }
}

function storeZone(zone: string): void {
  try {
    localStorage.setItem(ZONE_KEY, zone);
  } catch {
    // A browser that keeps nothing shows the account's zone next time.
  }
}
