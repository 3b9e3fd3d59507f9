package io.meterport.adapters.http.wire;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of bodies may be in memory at once. Whoever comes when there are none left waits a
 * little and is then refused with {@code overloaded}. Thread-safe.
 */
final class BodyBudget {
    private static final long PATIENCE_SECONDS = 5;
    private static final int UNIT = 1_024;

    private final int most;
    private final Semaphore units;

    BodyBudget(long bytes) {
        most = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        units = new Semaphore(most, true);
    }

    /** The same, but whoever comes when there are none left is refused at once. */
    int takeNow(long bytes) {
        int wanted = units(bytes);
        if (!units.tryAcquire(wanted)) {
            throw overloaded();
        }
        return wanted;
    }

    /** Takes as much as a body of that size needs; returns what {@link #giveBack} wants. */
    int take(long bytes) {
        int wanted = units(bytes);
        try {
            if (!units.tryAcquire(wanted)
                    && !units.tryAcquire(wanted, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw overloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded();
        }
        return wanted;
    }

    private int units(long bytes) {
        return Math.clamp(bytes / UNIT + 1, 1, most);
    }

    void giveBack(int taken) {
        units.release(taken);
    }

    private static ProblemException overloaded() {
        return new ProblemException(new Problem.Unavailable(
                "overloaded", "The server is busy; try again.", Duration.ofSeconds(1)));
    }
}
