package io.meterport.bootstrap;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

/**
 * One row of usage of one airport, in a form that can be compared: times with the offset of the
 * zone that was asked for, the destination empty where it was not grouped by.
 */
record FlightRow(
        String airport,
        OffsetDateTime start,
        OffsetDateTime end,
        String destination,
        BigDecimal value) {
    FlightRow {
        value = value.stripTrailingZeros();
    }
}
