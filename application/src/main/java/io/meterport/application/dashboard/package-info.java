/** What a usage page shows, in one call: several meters, top groups, comparison, totals. */
package io.meterport.application.dashboard;
