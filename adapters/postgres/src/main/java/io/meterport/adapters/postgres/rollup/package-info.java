/** What events come to, by the hour and the minute. */
package io.meterport.adapters.postgres.rollup;
