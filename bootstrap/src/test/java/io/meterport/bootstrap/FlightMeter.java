package io.meterport.bootstrap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The meters that flights-ingest.mjs defines, with what each of them means in DuckDB's SQL. */
enum FlightMeter {
    DISTANCE("sum(distance)"),
    DELAY_AVERAGE("sum(delay)", "count(delay)"),
    DELAY_LEAST("min(delay)"),
    DELAY_GREATEST("max(delay)"),
    /** Of flights at the same minute, the one with the greater delay counts as the latest. */
    DELAY_LATEST("last(delay order by departed, delay)"),
    FLIGHTS("count(*)"),
    /** It has no dimension: its value is the destination itself. */
    DESTINATIONS("count(distinct destination)");

    private final String total;
    private final String divisor;

    FlightMeter(String total) {
        this(total, "1");
    }

    FlightMeter(String total, String divisor) {
        this.total = total;
        this.divisor = divisor;
    }

    String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** An exact number in SQL, to be divided by {@link #divisor}. */
    String total() {
        return total;
    }

    /** What to divide by, in SQL: the count for an average, otherwise one. */
    String divisor() {
        return divisor;
    }

    /** The meters that have the dimension destination. */
    static List<FlightMeter> withDestinations() {
        return Arrays.stream(values()).filter(meter -> meter != DESTINATIONS).toList();
    }
}
