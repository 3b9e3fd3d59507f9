import type { Aggregation, MeterAnswer, Num, Point, UsageAnswer, WindowSize } from './wire.js';
import { autoWindow } from './period.js';
import { windowsOf } from './zone.js';

export interface SeriesWindow {
  start: number;
  end: number;
  /** Still open: its value can grow. */
  partial: boolean;
  /** Not begun yet: nothing is drawn and nothing is said. */
  future: boolean;
}

/** One group of the meter, or all events together when it is not grouped. */
export interface Line {
  key: string;
  group: Readonly<Record<string, string>>;
  other: boolean;
  total: Num | null;
  /** One for each window of the series; null where nothing is known. */
  points: readonly (Point | null)[];
}

export interface PreviousLine {
  from: number;
  to: number;
  comparedTo: number;
  total: Num | null;
  delta: Num | null;
  points: readonly (Point | null)[];
}

/** One meter's answer turned so that it can be drawn: windows across, lines down. */
export interface UsageSeries {
  meter: string;
  name: string;
  unit: string | undefined;
  aggregation: Aggregation;
  /** Whether parts make up the whole; otherwise nothing is stacked. */
  additive: boolean;
  groupBy: readonly string[];
  from: number;
  to: number;
  timeZone: string;
  windowSize: WindowSize;
  windows: readonly SeriesWindow[];
  lines: readonly Line[];
  total: Num | null;
  totals: readonly (Point | null)[];
  previous: PreviousLine | undefined;
  asOf: string | undefined;
  completeUntil: string | undefined;
}

export const OTHER = '\u0000other';

export function isAdditive(aggregation: Aggregation): boolean {
  return aggregation === 'SUM' || aggregation === 'COUNT';
}

/** Sorts an answer into the windows of its range; `now` says which of them have not begun. */
export function seriesOf(answer: UsageAnswer, slug: string, now: number): UsageSeries | undefined {
  const meter = answer.meters.find((one) => one.meter === slug);
  if (!meter) return undefined;
  const from = Date.parse(answer.from);
  const to = Date.parse(answer.to);
  const windowSize = answer.windowSize ?? autoWindow({ from, to });
  const windows = windowsIn(answer, meter, from, to, windowSize, now);
  const at = new Map(windows.map((window, index) => [window.start, index]));
  const place = (points: readonly Point[]): (Point | null)[] => {
    const placed: (Point | null)[] = windows.map(() => null);
    for (const point of points) {
      const index = at.get(Date.parse(point.windowStart));
      if (index !== undefined && !windows[index]!.future) placed[index] = point;
    }
    return placed;
  };
  const lines = linesOf(meter, place);
  const { previous } = meter;
  return {
    meter: meter.meter, name: meter.name ?? meter.meter, unit: meter.unit, aggregation: meter.aggregation,
    additive: isAdditive(meter.aggregation), groupBy: meter.groupBy, from, to, timeZone: answer.timeZone,
    windowSize, windows, lines, total: meter.total, totals: place(meter.windows),
    previous: previous && {
      from: Date.parse(previous.from), to: Date.parse(previous.to), comparedTo: Date.parse(previous.comparedTo),
      total: previous.total, delta: previous.delta,
      points: windows.map((_, index) => previous.windows[index] ?? null),
    },
    asOf: answer.asOf, completeUntil: answer.completeUntil,
  };
}

/** Whether anything was counted at all. */
export function isEmpty(series: UsageSeries): boolean {
  return !series.totals.some((point) => point?.value) && !series.lines.some((line) => line.points.some((point) => point?.value))
    && !series.total?.value;
}

/** The change against the period before as a ratio; none where there is nothing to compare with. */
export function changeOf(delta: Num | null | undefined, before: Num | null | undefined): number | null {
  return delta && before?.value ? delta.value / Math.abs(before.value) : null;
}

function linesOf(meter: MeterAnswer, place: (points: readonly Point[]) => (Point | null)[]): Line[] {
  if (!meter.groupBy.length) {
    return [{ key: '', group: {}, other: false, total: meter.total, points: place(meter.windows) }];
  }
  const lines: Line[] = (meter.series ?? []).map(({ group, total, windows }) => ({
    key: meter.groupBy.map((dimension) => group[dimension] ?? '').join('\u0001'),
    group, other: false, total, points: place(windows),
  }));
  if (meter.other) {
    lines.push({ key: OTHER, group: {}, other: true, total: meter.other.total, points: place(meter.other.windows) });
  }
  return lines;
}

/** The server's windows, and after its last one those that are still to come. */
function windowsIn(answer: UsageAnswer, meter: MeterAnswer, from: number, to: number, size: WindowSize, now: number): SeriesWindow[] {
  const found = new Map<number, SeriesWindow>();
  const add = (start: number, end: number, partial: boolean): void => {
    if (!found.has(start)) found.set(start, { start, end, partial, future: start > now });
  };
  for (const list of [meter.windows, ...(meter.series ?? []).map((one) => one.windows), meter.other?.windows ?? []]) {
    for (const point of list) add(Date.parse(point.windowStart), Date.parse(point.windowEnd), point.partial);
  }
  const known = [...found.values()].sort((a, b) => a.start - b.start);
  const last = known[known.length - 1];
  const rest = Math.max(from, last?.end ?? from);
  if (answer.windowSize && rest < to) {
    for (const { start, end } of windowsOf(rest, to, size, answer.timeZone)) {
      add(start, end, start <= now && now < end);
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** Gives each key one of the colours and remembers it, so that a new order of sizes changes none. */
export class ColourBook {
  readonly #colours = new Map<string, number>();

  constructor(private readonly size = 7) {}

  /** Colours from 0 for keys that are seen together; no two the same while there are enough. */
  assign(keys: readonly string[]): number[] {
    const taken = new Set<number>();
    const colours = keys.map((key) => {
      const kept = this.#colours.get(key);
      if (kept === undefined || taken.has(kept)) return undefined;
      taken.add(kept);
      return kept;
    });
    const reserved = new Set([...this.#colours.values(), ...taken]);
    return keys.map((key, at) => {
      const kept = colours[at];
      if (kept !== undefined) return kept;
      const colour = this.#free(reserved) ?? this.#free(taken) ?? at % this.size;
      taken.add(colour);
      reserved.add(colour);
      this.#colours.set(key, colour);
      return colour;
    });
  }

  #free(used: ReadonlySet<number>): number | undefined {
    return Array.from({ length: this.size }, (_, colour) => colour).find((colour) => !used.has(colour));
  }
}
