package io.meterport.adapters.http.wire;

import java.time.Duration;
import java.util.Objects;

/**
 * How a listener treats its clients.
 *
 * @param mostConnections how many may be open at once; further ones wait to be accepted
 * @param mostBodyBytes how many bytes of requests' bodies may be in memory at once, of all
 *     connections; large answers may take twice that
 * @param grace how long requests have to finish when the server stops
 */
public record ListenerSettings(
        TimeLimits times, int mostConnections, long mostBodyBytes, Duration grace) {
    private static final int CONNECTIONS = 10_000;
    private static final long LEAST_BODY_BYTES = 16L << 20;
    private static final long HEAP_SHARE = 16;
    private static final Duration GRACE = Duration.ofSeconds(10);

    public ListenerSettings {
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(grace, "grace");
    }

    /** 10,000 connections, a sixteenth of the heap for bodies but at least 16 MiB, 10 s. */
    public static ListenerSettings defaults() {
        long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        return new ListenerSettings(
                TimeLimits.DEFAULT, CONNECTIONS, Math.max(LEAST_BODY_BYTES, share), GRACE);
    }
}
