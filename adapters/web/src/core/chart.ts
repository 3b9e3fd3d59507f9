import { ticksOf } from './ticks.js';
import { scaleFor } from './format.js';
import type { Line, UsageSeries } from './series.js';
import { localOf } from './zone.js';
import type { Point } from './wire.js';

export type ChartForm = 'bars' | 'lines' | 'area';

export interface ChartOptions {
  width: number;
  height: number;
  locale?: string;
  cumulative?: boolean;
  /** The first window on the right. */
  mirrored?: boolean;
  /** Lines that are not drawn, by key. */
  hidden?: ReadonlySet<string>;
  /** A level to mark, such as what is included. */
  level?: number;
}

/** One line's drawing: bars and areas are filled, lines are stroked. */
export interface Shape {
  line: Line;
  path: string;
  /** The open window, drawn paler. */
  open: string;
  /** The upper edge of an area. */
  edge: string;
}

export interface Tick {
  at: number;
  label: string;
}

export interface ChartLayout {
  form: ChartForm;
  left: number;
  top: number;
  right: number;
  bottom: number;
  zero: number;
  slot: number;
  shapes: readonly Shape[];
  previous: string;
  level: number | undefined;
  x: readonly Tick[];
  y: readonly Tick[];
  /** The middle of a window. */
  middle(index: number): number;
  /** The window under a horizontal place. */
  indexAt(x: number): number;
  /** The vertical place of a value. */
  height(value: number): number;
}

const LINE_HEIGHT = 26;
const CHARACTER = 6.6;
const RADIUS = 3;

export function chartForm(series: UsageSeries, cumulative = false): ChartForm {
  if (!series.additive) return 'lines';
  return cumulative ? 'area' : 'bars';
}

/** What a point is drawn with. */
export function drawn(point: Point | null | undefined, cumulative = false): number | null {
  if (!point) return null;
  return cumulative ? point.cumulative?.value ?? null : point.value;
}

/** Pure arithmetic: the whole chart as a few paths, at most two for each line. */
export function layoutChart(series: UsageSeries, options: ChartOptions): ChartLayout {
  const { width, height, locale, cumulative = false, mirrored = false, hidden, level } = options;
  const form = chartForm(series, cumulative);
  const lines = series.lines.filter((line) => !hidden?.has(line.key));
  const values = lines.map((line) => line.points.map((point) => drawn(point, cumulative)));
  const before = series.previous?.points.map((point) => drawn(point, cumulative)) ?? [];
  const stacks = form === 'lines' ? undefined : stack(values, series.windows.length);

  const extent = [...(stacks ? stacks.flat(2) : values.flat()), ...before, level ?? null].filter((value) => value !== null);
  const greatest = extent.reduce((a, b) => Math.max(a, b), 0);
  const least = extent.reduce((a, b) => Math.min(a, b), 0);
  const scale = scaleFor(Math.max(greatest, -least), locale, series.unit, false);
  const whole = series.aggregation === 'COUNT' || series.aggregation === 'UNIQUE_COUNT';
  const ticks = ticksOf(least / scale.factor, greatest / scale.factor, whole).map((tick) => tick * scale.factor);
  const tickScale = scaleFor(Math.max(...ticks.map(Math.abs)), locale, series.unit, false);
  const labels = ticks.map((tick) => tickScale.format(tick));

  const axis = Math.ceil(Math.max(...labels.map((label) => label.length)) * CHARACTER) + 14;
  const [left, right] = mirrored ? [8, width - axis] : [axis, width - 8];
  const [top, bottom] = [14, height - LINE_HEIGHT];
  const [low, high] = [ticks[0]!, ticks[ticks.length - 1]!];
  const y = (value: number): number => round(bottom - ((value - low) / (high - low)) * (bottom - top));
  const count = Math.max(1, series.windows.length);
  const slot = Math.max(0.1, (right - left) / count);
  const middle = (index: number): number => round(mirrored ? right - (index + 0.5) * slot : left + (index + 0.5) * slot);

  const open = new Set(series.windows.flatMap((window, index) => (window.partial ? [index] : [])));
  return {
    form, left, top, right, bottom, slot, middle, height: y, zero: y(0),
    indexAt: (x) => {
      const index = Math.floor((mirrored ? right - x : x - left) / slot);
      return Math.min(count - 1, Math.max(0, index));
    },
    shapes: lines.map((line, at) => {
      if (form === 'bars') return { line, ...bars(stacks!, at, open, middle, y, slot), edge: '' };
      if (form === 'area') return { line, ...area(stacks![at]!, middle, y), open: '' };
      return { line, path: stroke(values[at]!, middle, y), open: '', edge: '' };
    }),
    previous: stroke(before, middle, y),
    level: level === undefined ? undefined : y(level),
    x: timeTicks(series, right - left, slot, middle, locale),
    y: ticks.map((tick, at) => ({ at: y(tick), label: labels[at]! })),
  };
}

type Band = [from: number, to: number] | null;

/** Positive values grow upwards and negative ones downwards, each on what lies before them. */
function stack(values: readonly (readonly (number | null)[])[], count: number): Band[][] {
  const up = new Array<number>(count).fill(0);
  const down = new Array<number>(count).fill(0);
  return values.map((line) => line.map((value, index): Band => {
    if (value === null) return null;
    const side = value < 0 ? down : up;
    const from = side[index]!;
    side[index] = from + value;
    return [from, from + value];
  }));
}

function bars(stacks: Band[][], at: number, open: ReadonlySet<number>, middle: (index: number) => number,
  y: (value: number) => number, slot: number): { path: string; open: string } {
  const wide = round(Math.max(0.5, Math.min(56, slot < 6 ? slot - 0.75 : slot * 0.74)));
  const radius = Math.min(RADIUS, wide / 3);
  let path = '';
  let opened = '';
  const later = stacks.slice(at + 1);
  stacks[at]!.forEach((band, index) => {
    if (!band || band[0] === band[1]) return;
    const x = round(middle(index) - wide / 2);
    const [from, to] = [y(band[0]), y(band[1])];
    const outermost = !later.some((line) => {
      const above = line[index];
      return above && above[0] !== above[1] && above[1] > above[0] === band[1] > band[0];
    });
    const bend = outermost ? round(Math.min(radius, Math.abs(from - to))) : 0;
    const sign = to < from ? 1 : -1;
    const shape = bend
      ? `M${x} ${from}V${round(to + bend * sign)}q0 ${-bend * sign} ${bend} ${-bend * sign}h${round(wide - 2 * bend)}q${bend} 0 ${bend} ${bend * sign}V${from}z`
      : `M${x} ${from}V${to}h${wide}V${from}z`;
    if (open.has(index)) opened += shape;
    else path += shape;
  });
  return { path, open: opened };
}

function area(bands: readonly Band[], middle: (index: number) => number, y: (value: number) => number): { path: string; edge: string } {
  const known = bands.flatMap((band, index) => (band ? [[middle(index), y(band[1]), y(band[0])] as const] : []));
  if (!known.length) return { path: '', edge: '' };
  const edge = known.map(([x, top], at) => `${at ? 'L' : 'M'}${x} ${top}`).join('');
  const back = [...known].reverse().map(([x, , base]) => `L${x} ${base}`).join('');
  return { path: `${edge}${back}z`, edge };
}

/** A gap stays a gap; a value that stands alone becomes a dot, by its round line end. */
function stroke(values: readonly (number | null)[], middle: (index: number) => number, y: (value: number) => number): string {
  let path = '';
  let down = false;
  values.forEach((value, index) => {
    if (value !== null) {
      path += `${down ? 'L' : 'M'}${middle(index)} ${y(value)}`;
      const alone = !down && (values[index + 1] ?? null) === null;
      if (alone) path += 'h0';
    }
    down = value !== null;
  });
  return path;
}

const STEPS = {
  MINUTE: [1, 5, 10, 15, 30, 60, 120, 360],
  HOUR: [1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 720],
  DAY: [1, 2, 3, 5, 7, 14, 28],
  MONTH: [1, 2, 3, 6, 12],
};

/** Labels at round places of the local clock or calendar, as many as there is room for. */
function timeTicks(series: UsageSeries, width: number, slot: number, middle: (index: number) => number, locale?: string): Tick[] {
  const { windows, windowSize: size, timeZone } = series;
  const short = size === 'MINUTE' || size === 'HOUR';
  const room = width < 420 ? 62 : 74;
  const step = STEPS[size].find((one) => one * slot >= room) ?? Math.ceil(room / slot);
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const day = format({ month: 'short', day: 'numeric' });
  const time = format(size === 'HOUR' ? { hour: 'numeric' } : { hour: 'numeric', minute: '2-digit' });
  const month = format({ month: 'short' });
  const year = format({ month: 'short', year: 'numeric' });

  const ticks: Tick[] = [];
  let last = -Infinity;
  windows.forEach(({ start }, index) => {
    const { month: months, hour, minute } = localOf(start, timeZone);
    const count = size === 'MINUTE' ? hour * 60 + minute : size === 'HOUR' ? hour : 0;
    const fits = short
      ? (step <= (size === 'HOUR' ? 24 : 1440) ? count % step === 0 : hour === 0 && minute === 0 && index - last >= step - 1)
      : size === 'MONTH' ? (months - 1) % step === 0 || windows.length <= width / room : index % step === 0;
    if (!fits || (index - last) * slot < room * 0.8) return;
    last = index;
    const label = size === 'DAY' ? day.format(start)
      : size === 'MONTH' ? (months === 1 || ticks.length === 0 ? year : month).format(start)
        : (hour === 0 && minute === 0 ? day : time).format(start);
    ticks.push({ at: middle(index), label });
  });
  return ticks;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
