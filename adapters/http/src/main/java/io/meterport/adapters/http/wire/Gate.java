package io.meterport.adapters.http.wire;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets so many through at a time and some wait for it; the rest are refused at once with {@code
 * overloaded}, so that a crowd gets a quick answer and not a slow one. Thread-safe.
 */
public final class Gate {
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Limits limits;

    /**
     * How many.
     *
     * @param atOnce how many run at a time
     * @param waiting how many more may wait
     * @param patience how long they wait
     */
    public record Limits(int atOnce, int waiting, Duration patience) {
        public Limits {
            if (atOnce < 1 || waiting < 0 || patience.isNegative()) {
                throw new IllegalArgumentException("a gate lets at least one through");
            }
        }
    }

    public Gate(Limits limits) {
        this.limits = limits;
        this.places = new Semaphore(limits.atOnce(), true);
    }

    /** What {@code work} gives, once there is a place for it. */
    public <T> T pass(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private void enter() {
        if (places.tryAcquire()) {
            return;
        }
        try {
            if (waiting.incrementAndGet() > limits.waiting()
                    || !places.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw overloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static ProblemException overloaded() {
        return new ProblemException(new Problem.Unavailable(
                "overloaded", "The server is busy; try again.", Duration.ofSeconds(1)));
    }
}
