package io.meterport.adapters.postgres.server;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as they are stored: microseconds since 1970-01-01T00:00:00Z. */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS = 1_000;

    private Micros() {}

    /** The last microsecond not after that moment. */
    public static long of(Instant moment) {
        return Math.addExact(
                Math.multiplyExact(moment.getEpochSecond(), PER_SECOND), moment.getNano() / NANOS);
    }

    /** The first microsecond not before that moment. */
    public static long notBefore(Instant moment) {
        return of(moment) + (moment.getNano() % NANOS == 0 ? 0 : 1);
    }

    /** So many microseconds, rounded up. */
    public static long of(Duration duration) {
        return of(Instant.EPOCH.plus(duration).plusNanos(NANOS - 1));
    }

    /** That moment. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
