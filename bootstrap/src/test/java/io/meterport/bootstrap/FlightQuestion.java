package io.meterport.bootstrap;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What is asked of both the server and DuckDB: one meter in windows of one size (HOUR, DAY or
 * MONTH) by the clock of a zone, over the flights in {@code [from, to)}.
 */
record FlightQuestion(
        FlightMeter meter,
        String size,
        ZoneId zone,
        Instant from,
        Instant to,
        boolean byDestination) {}
