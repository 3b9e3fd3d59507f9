import { useState, type ReactNode } from 'react';
import type { UsageSeries } from '../core/series.js';
import type { Num } from '../core/wire.js';
import { Legend } from './legend.js';
import { useColours } from './meter-panel.js';
import { Plot } from './plot.js';
import { useUsageSeries, type Result, type UseUsageSeriesOptions } from './queries.js';
import { Root } from './root.js';
import { ErrorPanel, SkeletonChart } from './states.js';
import { SeriesTable } from './table.js';

export interface UsageChartProps extends UseUsageSeriesOptions {
  allowance?: Num;
  legend?: boolean;
  onDrill?: (from: Date, to: Date) => void;
}

/** The chart alone, for one meter. */
export function UsageChart({ allowance, legend = true, onDrill, ...options }: UsageChartProps): ReactNode {
  const result = useUsageSeries(options);
  const colours = useColours(result.data);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  return (
    <Ready result={result}>
      {(series) => (
        <>
          <Plot series={series} colours={colours} hidden={hidden} cumulative={!!options.cumulative} compare={!!options.compare} allowance={allowance} busy={result.isPlaceholder}
            onDrill={onDrill && ((index) => onDrill(new Date(series.windows[index]!.start), new Date(series.windows[index]!.end)))} />
          {legend && series.groupBy.length > 0 && <Legend series={series} colours={colours} hidden={hidden} onHide={setHidden} />}
        </>
      )}
    </Ready>
  );
}

/** The same numbers as a table. */
export function UsageTable(options: UseUsageSeriesOptions): ReactNode {
  const result = useUsageSeries(options);
  const colours = useColours(result.data);
  return <Ready result={result}>{(series) => <SeriesTable series={series} colours={colours} compare={!!options.compare} />}</Ready>;
}

function Ready({ result, children }: { result: Result<UsageSeries>; children: (series: UsageSeries) => ReactNode }): ReactNode {
  return (
    <Root>
      {result.data ? children(result.data) : result.error ? <ErrorPanel error={result.error} onRetry={result.refetch} /> : <SkeletonChart />}
    </Root>
  );
}
