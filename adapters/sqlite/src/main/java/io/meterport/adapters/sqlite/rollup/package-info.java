/** Totals of many events in few bytes: cells, pages of cells, and how new cells join old pages. */
package io.meterport.adapters.sqlite.rollup;
