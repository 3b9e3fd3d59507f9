import { datesOf } from './period.js';
import type { UsageSeries } from './series.js';

/**
 * The shown table as CSV with the server's columns, for data that did not come from a server. Cells
 * that a spreadsheet would take for a formula get an apostrophe, and a mark at the start says UTF-8.
 */
export function csvOf(series: UsageSeries, subject = ''): string {
  const others = series.lines.some(({ other }) => other);
  const header = ['window_start', 'window_end', 'subject', ...series.groupBy, ...(others ? ['other'] : []), 'value'];
  const rows = series.windows.flatMap(({ start, end }, at) => series.lines.flatMap((line) => {
    const exact = line.points[at]?.exact;
    if (exact === null || exact === undefined) return [];
    const group = series.groupBy.map((key) => line.group[key] ?? '');
    return [[instant(start), instant(end), subject, ...group, ...(others ? [line.other ? 'true' : ''] : []), exact]];
  }));
  return `\ufeff${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** `<meter>_<from>_<to>_<zone>.csv`, the last day included. */
export function csvName({ meter, from, to, timeZone }: UsageSeries): string {
  return `${[meter, ...datesOf({ from, to }, timeZone), timeZone.replaceAll('/', '-')].join('_')}.csv`;
}

function cell(text: string): string {
  const number = /^[+-]?\d+(\.\d+)?$/.test(text);
  const safe = !number && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function instant(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
