import { useState, type ReactNode } from 'react';
import type { UsageSeries } from '../core/series.js';
import { useColours } from './colours.js';
import { Legend } from './legend.js';
import type { UsageChartProps } from './parts.js';
import { Plot } from './plot.js';

interface LegendedPlotProps extends UsageChartProps {
  series: UsageSeries;
  busy: boolean;
}

/** A chart that stands alone. */
export function LegendedPlot({ series, busy, cumulative = false, compare, allowance, legend = true, onDrill }: LegendedPlotProps): ReactNode {
  const colours = useColours(series);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  return (
    <>
      <Plot series={series} colours={colours} hidden={hidden} cumulative={cumulative} compare={!!compare} allowance={allowance} busy={busy}
        onDrill={onDrill && ((index) => onDrill(new Date(series.windows[index]!.start), new Date(series.windows[index]!.end)))} />
      {legend && series.groupBy.length > 0 && <Legend series={series} colours={colours} hidden={hidden} onHide={setHidden} />}
    </>
  );
}
