/** What shows numbers once there are some; a file of its own, so that a page need not wait for it. */
export { Board } from './board.js';
export { LegendedPlot } from './legended-plot.js';
export { LoneTable } from './table.js';
