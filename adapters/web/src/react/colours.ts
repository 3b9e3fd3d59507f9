import { useMemo } from 'react';
import { ColourBook, type UsageSeries } from '../core/series.js';
import { usePortal } from './context.js';

/** A group keeps its colour for as long as the page lives. */
export function useColours(series: UsageSeries | undefined): readonly number[] {
  const { colours } = usePortal();
  return useMemo(() => {
    if (!series) return [];
    const name = `${series.meter} ${series.groupBy.join()}`;
    let book = colours.get(name);
    if (!book) colours.set(name, (book = new ColourBook()));
    const keys = series.lines.flatMap((line) => (line.other ? [] : [line.key]));
    const assigned = book.assign(keys);
    return series.lines.map((line) => (line.other ? -1 : assigned[keys.indexOf(line.key)]!));
  }, [series, colours]);
}
