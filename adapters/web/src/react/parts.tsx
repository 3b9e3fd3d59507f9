import type { ReactNode } from 'react';
import type { UsageSeries } from '../core/series.js';
import type { Num } from '../core/wire.js';
import { useDrawing } from './later.js';
import { useUsageSeries, type Result, type UseUsageSeriesOptions } from './queries.js';
import { Root } from './root.js';
import { ErrorPanel, SkeletonChart } from './states.js';

export interface UsageChartProps extends UseUsageSeriesOptions {
  allowance?: Num;
  legend?: boolean;
  onDrill?: (from: Date, to: Date) => void;
}

/** The chart alone, for one meter. */
export function UsageChart(props: UsageChartProps): ReactNode {
  const { allowance: _, legend: __, onDrill: ___, ...options } = props;
  const result = useUsageSeries(options);
  return <Ready result={result}>{(series, { LegendedPlot }) => <LegendedPlot {...props} series={series} busy={result.isPlaceholder} />}</Ready>;
}

/** The same numbers as a table. */
export function UsageTable(options: UseUsageSeriesOptions): ReactNode {
  const result = useUsageSeries(options);
  return <Ready result={result}>{(series, { LoneTable }) => <LoneTable series={series} compare={!!options.compare} />}</Ready>;
}

type Drawing = NonNullable<ReturnType<typeof useDrawing>['data']>;

function Ready({ result, children }: { result: Result<UsageSeries>; children: (series: UsageSeries, drawing: Drawing) => ReactNode }): ReactNode {
  const drawing = useDrawing();
  const error = result.data ? drawing.error : result.error;
  return (
    <Root>
      {result.data && drawing.data ? children(result.data, drawing.data)
        : error ? <ErrorPanel error={error} onRetry={result.data ? drawing.refetch : result.refetch} /> : <SkeletonChart />}
    </Root>
  );
}
