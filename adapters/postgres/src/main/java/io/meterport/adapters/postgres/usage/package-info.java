/** Usage: windows cut into whole hours, whole minutes and single events, and added up. */
package io.meterport.adapters.postgres.usage;
