package io.meterport.application.access;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each caller may do something: a bucket for each, filled at a steady rate. Remembers at
 * most {@value #MOST_CALLERS} callers, those who came last. Thread-safe.
 */
public final class RateLimit {
    private static final int MOST_CALLERS = 10_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long nanosEach;
    private final long burstNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Long> emptyAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    /**
     * @param perSecond how many a second, lasting
     * @param burst how many at once
     * @param nanoTime a clock that only goes forward
     */
    public RateLimit(int perSecond, int burst, LongSupplier nanoTime) {
        this(SECOND / perSecond, burst, nanoTime);
    }

    private RateLimit(long nanosEach, int burst, LongSupplier nanoTime) {
        this.nanosEach = nanosEach;
        this.burstNanos = nanosEach * burst;
        this.nanoTime = nanoTime;
    }

    /** So many a minute, lasting and at once. */
    public static RateLimit perMinute(int count, LongSupplier nanoTime) {
        return new RateLimit(SECOND * 60 / count, count, nanoTime);
    }

    /** Takes one from the caller's bucket, or refuses with {@code rate-limited}. */
    public void take(String caller) {
        take(caller, nanosEach, burstNanos);
    }

    /**
     * As {@link #take(String)}, but so many a second, lasting and at once; never more often than
     * others may.
     */
    public void take(String caller, int perSecond) {
        long each = Math.max(nanosEach, SECOND / perSecond);
        take(caller, each, Math.min(burstNanos, each * perSecond));
    }

    private void take(String caller, long each, long burst) {
        long wait = tryTake(caller, each, burst);
        if (wait > 0) {
            long seconds = (wait + SECOND - 1) / SECOND;
            throw new ProblemException(new Problem.TooMany(
                    "rate-limited",
                    "Too many requests; try again after " + seconds + " s.",
                    Duration.ofSeconds(seconds)));
        }
    }

    /** Zero if there was one to take, else for how many nanoseconds there is none. */
    private long tryTake(String caller, long each, long burst) {
        synchronized (emptyAt) {
            long now = nanoTime.getAsLong();
            Long stored = emptyAt.get(caller);
            // A full bucket is one that would have run empty a whole burst ago.
            long level = stored == null || stored - (now - burst) < 0 ? now - burst : stored;
            long next = level + each;
            if (next - now > 0) {
                return next - now;
            }
            emptyAt.put(caller, next);
            return 0;
        }
    }
}
