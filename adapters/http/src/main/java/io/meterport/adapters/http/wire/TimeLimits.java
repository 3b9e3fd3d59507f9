package io.meterport.adapters.http.wire;

import java.time.Duration;

/**
 * How long a client may take. Whoever takes longer is cut off.
 *
 * @param idle until the first byte of the next request
 * @param headers from the first byte of a request to the end of its headers
 * @param body from there to the end of the body, and a second more for each 64 KiB received
 * @param write for taking a whole answer
 */
public record TimeLimits(Duration idle, Duration headers, Duration body, Duration write) {
    /** A minute; 10 s; 30 s; 30 s. */
    public static final TimeLimits DEFAULT = new TimeLimits(
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    private static final Duration MOST_STREAM = Duration.ofSeconds(10);
    private static final Duration MOST_LINGERING = Duration.ofSeconds(2);
    private static final int MOST_LINGERINGS = 15;
    private static final long BYTES_PER_SECOND = 64 * 1_024;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    public TimeLimits {
        requirePositive(idle);
        requirePositive(headers);
        requirePositive(body);
        requirePositive(write);
    }

    /** How long a client may pause while it still sends what nobody wants, so that it can read why. */
    Duration linger() {
        return write.compareTo(MOST_LINGERING) < 0 ? write : MOST_LINGERING;
    }

    /** How long it may send that in all, however steadily. */
    Duration lingerInAll() {
        return linger().multipliedBy(MOST_LINGERINGS);
    }

    /** How long a client may take for what is new in an answer that goes on. */
    Duration stream() {
        return write.compareTo(MOST_STREAM) < 0 ? write : MOST_STREAM;
    }

    /** The shortest of them. */
    Duration shortest() {
        Duration reading = headers.compareTo(body) < 0 ? headers : body;
        Duration waiting = idle.compareTo(write) < 0 ? idle : write;
        return reading.compareTo(waiting) < 0 ? reading : waiting;
    }

    /** What so many bytes add. */
    static long nanosFor(long bytes) {
        return bytes / BYTES_PER_SECOND * NANOS_PER_SECOND;
    }

    private static void requirePositive(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a time limit must be positive");
        }
    }
}
