import { spanOf, type Span } from '../core/period.js';
import type {
  Aggregation, MeterAnswer, MeterRequest, Num, Point, PortalMeter, Session, UsageAnswer, UsageRequest, WindowSize,
} from '../core/wire.js';
import { addDays, windowsOf } from '../core/zone.js';

/** One event of sample data. */
export interface SampleEvent {
  time: number;
  data: Readonly<Record<string, string | number>>;
}

export interface SampleMeter extends PortalMeter {
  /** The member of an event's data that is metered; none for COUNT. */
  property?: string;
}

export interface Sample {
  meters: readonly SampleMeter[];
  events: readonly SampleEvent[];
  session: Session;
}

/** Answers the portal's questions from events in memory: for the playground's sample data and for tests. */
export function answerOf(request: UsageRequest, sample: Sample, now: number): UsageAnswer {
  const zone = request.timeZone ?? sample.session.timeZone ?? 'UTC';
  const span = spanOf(request.period ?? 'current', now, zone, sample.session.billing);
  const past = sample.events.filter(({ time }) => time <= now);
  return {
    subject: sample.session.subject.key,
    from: iso(span.from), to: iso(span.to), timeZone: zone,
    ...(request.windowSize && { windowSize: request.windowSize }),
    ...(past.length && { asOf: iso(past.reduce((latest, { time }) => Math.max(latest, time), 0)) }),
    completeUntil: iso(now),
    meters: request.meters.map((one) => meterAnswer(one, request, sample, past, span, zone, now)),
  };
}

function meterAnswer(one: MeterRequest, request: UsageRequest, sample: Sample, past: readonly SampleEvent[],
  span: Span, zone: string, now: number): MeterAnswer {
  const meter = sample.meters.find(({ slug }) => slug === one.meter)!;
  const groupBy = one.groupBy ?? [];
  const matching = past.filter(({ data }) => matches(data, one) && (!meter.property || data[meter.property] !== undefined));
  const inSpan = within(matching, span);
  const slots = request.windowSize ? windowsOf(span.from, span.to, request.windowSize, zone) : [{ start: span.from, end: span.to }];
  const points = (events: readonly SampleEvent[]): Point[] => pointsOf(events, slots, meter, one, now);

  const groups = new Map<string, SampleEvent[]>();
  for (const event of groupBy.length ? inSpan : []) {
    const key = JSON.stringify(groupBy.map((dimension) => String(event.data[dimension] ?? '')));
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  const ranked = [...groups].map(([key, events]) => ({ key, events, total: aggregate(meter, events) }))
    .sort((a, b) => (b.total?.value ?? 0) - (a.total?.value ?? 0) || a.key.localeCompare(b.key));
  const top = ranked.slice(0, one.top ?? ranked.length);
  const rest = ranked.slice(top.length).flatMap(({ events }) => events);
  return {
    meter: meter.slug, name: meter.name!, ...(meter.unit && { unit: meter.unit }), aggregation: meter.aggregation, groupBy: [...groupBy],
    total: aggregate(meter, inSpan), windows: points(inSpan),
    series: top.map(({ key, events, total }) => ({
      group: Object.fromEntries(groupBy.map((dimension, at) => [dimension, (JSON.parse(key) as string[])[at]!])),
      total, windows: points(events),
    })),
    ...(rest.length && meter.aggregation !== 'LATEST' && { other: { total: aggregate(meter, rest), windows: points(rest) } }),
    ...(one.compare && { previous: previousOf(one, request, sample, matching, meter, span, zone, now) }),
  };
}

function previousOf(one: MeterRequest, request: UsageRequest, sample: Sample, matching: readonly SampleEvent[], meter: SampleMeter,
  span: Span, zone: string, now: number): NonNullable<MeterAnswer['previous']> {
  const { billing } = sample.session;
  const days = Math.round((span.to - span.from) / 86_400_000);
  const before: Span = (request.period ?? 'current') === 'current' && billing
    ? { from: Date.parse(billing.previous.from), to: Date.parse(billing.previous.to) }
    : { from: days ? addDays(span.from, -days, zone) : span.from - (span.to - span.from), to: span.from };
  const comparedTo = now < span.to ? Math.min(before.to, before.from + (now - span.from)) : before.to;
  const total = aggregate(meter, within(matching, { from: before.from, to: comparedTo }));
  const current = aggregate(meter, within(matching, span));
  const slots = request.windowSize ? windowsOf(before.from, before.to, request.windowSize as WindowSize, zone) : [{ start: before.from, end: before.to }];
  return {
    from: iso(before.from), to: iso(before.to), comparedTo: iso(comparedTo), total,
    delta: total && current ? num(current.value - total.value) : null,
    windows: pointsOf(within(matching, before), slots, meter, one, now),
  };
}

function pointsOf(events: readonly SampleEvent[], slots: readonly { start: number; end: number }[], meter: SampleMeter,
  one: MeterRequest, now: number): Point[] {
  const buckets = slots.map((): SampleEvent[] => []);
  for (const event of events) {
    const at = slotOf(slots, event.time);
    if (at >= 0) buckets[at]!.push(event);
  }
  const zero = meter.aggregation === 'SUM' || meter.aggregation === 'COUNT';
  let running = 0;
  return slots.flatMap(({ start, end }, at): Point[] => {
    const value = buckets[at]!.length ? aggregate(meter, buckets[at]!) : zero ? num(0) : null;
    if (!one.fill && !buckets[at]!.length) return [];
    running += value?.value ?? 0;
    return [{
      windowStart: iso(start), windowEnd: iso(end), partial: start <= now && now < end,
      value: value?.value ?? null, exact: value?.exact ?? null, ...(one.cumulative && { cumulative: num(running) }),
    }];
  });
}

function slotOf(slots: readonly { start: number; end: number }[], time: number): number {
  let [low, high] = [0, slots.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (time < slots[middle]!.start) high = middle - 1;
    else if (time >= slots[middle]!.end) low = middle + 1;
    else return middle;
  }
  return -1;
}

function aggregate({ aggregation, property }: SampleMeter, events: readonly SampleEvent[]): Num | null {
  const values = property ? events.map(({ data }) => data[property]!) : [];
  const numbers = values.map(Number);
  const sum = (): number => numbers.reduce((a, b) => a + b, 0);
  const all: Record<Aggregation, () => number> = {
    COUNT: () => events.length,
    SUM: sum,
    AVG: () => sum() / numbers.length,
    MIN: () => numbers.reduce((a, b) => Math.min(a, b)),
    MAX: () => numbers.reduce((a, b) => Math.max(a, b)),
    LATEST: () => numbers[numbers.length - 1]!,
    UNIQUE_COUNT: () => new Set(values).size,
  };
  if (!events.length) return aggregation === 'SUM' || aggregation === 'COUNT' ? num(0) : null;
  return num(all[aggregation]());
}

function matches(data: SampleEvent['data'], { filterGroupBy = {} }: MeterRequest): boolean {
  return Object.entries(filterGroupBy).every(([key, values]) => !values.length || values.includes(String(data[key] ?? '')));
}

function within(events: readonly SampleEvent[], { from, to }: Span): SampleEvent[] {
  return events.filter(({ time }) => time >= from && time < to);
}

function num(value: number): Num {
  return { value, exact: String(Number(value.toPrecision(15))) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
