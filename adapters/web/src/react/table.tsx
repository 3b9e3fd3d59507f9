import { useState, type ReactNode } from 'react';
import { formatFull, spanLabel, windowLabel } from '../core/format.js';
import type { UsageSeries } from '../core/series.js';
import { useColours } from './colours.js';
import { usePortal } from './context.js';
import { Icon } from './icons.js';
import { lineLabel } from './labels.js';
import { colourClass, numOf } from './plot.js';
import { usePlace } from './root.js';

export interface TableProps {
  series: UsageSeries;
  colours?: readonly number[];
  compare?: boolean;
  /** For print: everything at once and nothing to press. */
  whole?: boolean;
}

const PAGE = 500;

/** The chart's numbers, all of them, row by row. */
export function SeriesTable({ series, colours = [], compare = false, whole = false }: TableProps): ReactNode {
  const { text, labels } = usePortal();
  const { locale } = usePlace();
  const [newest, setNewest] = useState(false);
  const [limit, setLimit] = useState(PAGE);
  const grouped = series.groupBy.length > 0;
  const previous = compare ? series.previous : undefined;
  const indices = series.windows.flatMap((window, index) => (window.future ? [] : [index]));
  if (newest) indices.reverse();
  const name = `${series.name}, ${spanLabel(series.from, series.to, locale, series.timeZone)}`;
  const show = (number: Parameters<typeof formatFull>[0]): string => formatFull(number, locale);

  return (
    <div className="up-table-frame" part="table" {...(!whole && { role: 'region', tabIndex: 0, 'aria-label': name })}>
      <table className="up-table">
        <caption className="up-sr">{name}{series.unit ? ` (${series.unit})` : ''}</caption>
        <thead>
          <tr>
            <th scope="col" aria-sort={newest ? 'descending' : 'ascending'}>
              {whole ? text('when') : (
                <button type="button" className="up-sort" onClick={() => setNewest(!newest)} title={text('newestFirst')} aria-label={`${text('when')}, ${text('newestFirst')}`} aria-pressed={newest}>
                  {text('when')} <Icon name="sort" />
                </button>
              )}
            </th>
            {grouped && series.lines.map((line, at) => (
              <th scope="col" key={line.key} className={colourClass(line.other ? -1 : colours[at] ?? 0)}>
                <i className="up-swatch" /> <bdi>{lineLabel(line, text, labels)}</bdi>
              </th>
            ))}
            <th scope="col">{text(series.aggregation)}</th>
            {previous && <th scope="col">{text('previous')}</th>}
          </tr>
        </thead>
        <tbody>
          {indices.slice(0, whole ? Infinity : limit).map((index) => {
            const window = series.windows[index]!;
            return (
              <tr key={window.start}>
                <th scope="row">
                  {windowLabel(window.start, series.windowSize, locale, series.timeZone, 'row')}
                  {window.partial && <span className="up-pill">{text('stillCounting')}</span>}
                </th>
                {grouped && series.lines.map((line) => <td key={line.key}>{show(numOf(line.points[index]))}</td>)}
                <td className="up-strong">{show(numOf(series.totals[index]))}</td>
                {previous && <td className="up-muted">{show(numOf(previous.points[index]))}</td>}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text(series.aggregation)}</th>
            {grouped && series.lines.map((line) => <td key={line.key}>{show(line.total)}</td>)}
            <td className="up-strong">{show(series.total)}</td>
            {previous && <td className="up-muted">{show(previous.total)}</td>}
          </tr>
        </tfoot>
      </table>
      {!whole && indices.length > limit && (
        <button type="button" className="up-button up-more" onClick={() => setLimit(limit + PAGE)}>{text('showMore')}</button>
      )}
    </div>
  );
}

/** A table that stands alone. */
export function LoneTable({ series, compare = false }: { series: UsageSeries; compare?: boolean }): ReactNode {
  const colours = useColours(series);
  return <SeriesTable series={series} colours={colours} compare={compare} />;
}
