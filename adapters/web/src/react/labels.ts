import type { Line } from '../core/series.js';
import type { PortalMeter } from '../core/wire.js';
import type { Labels } from './context.js';
import type { Text } from './strings.js';

/** The name of a group: the values of its dimensions, by their display names where there are some. */
export function lineLabel(line: Line, text: Text, labels: Labels = {}, name = ''): string {
  if (line.other) return text('other');
  const values = Object.entries(line.group);
  if (!values.length) return name;
  return values.map(([key, value]) => valueLabel(key, value, text, labels)).join(' · ');
}

export function valueLabel(key: string, value: string, text: Text, labels: Labels = {}): string {
  const names = labels[key];
  return (typeof names === 'object' && names[value]) || value || text('none');
}

export function dimensionLabel(meter: PortalMeter | undefined, key: string, labels: Labels = {}): string {
  const own = labels[key];
  return typeof own === 'string' ? own : meter?.groupBy.find((one) => one.key === key)?.label ?? key;
}
