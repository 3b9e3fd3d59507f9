package io.meterport.bootstrap;

import io.meterport.application.spi.Pulse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks whether what stores events is alive. Where it gets on no more and nothing else will ever wake
 * it, everybody who sends waits in vain; then it says what each thread was doing, and ends the process
 * for somebody to start it anew. Nothing that was acknowledged is lost by that.
 *
 * <p>Time is counted in looks, so it passes only while this process runs: one that was stopped, or a
 * machine that was suspended, is not stuck. Whatever waits for a disk or a server gets six times as
 * long. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Watchdog.class.getName());
    private static final int LOOKS = 40;
    private static final int LONGER_OUTSIDE = 6;

    private final Supplier<Pulse> pulse;
    private final Duration patience;
    private final Runnable end;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watchdog").daemon().factory());
    private Pulse last;
    /** How often in a row it looked and found no new beat. */
    private long looks;

    private volatile boolean isDoubtful;

    /**
     * Begins to look.
     *
     * @param patience how long there may be no sign of life; zero: for ever
     * @param end ends the process at once
     */
    Watchdog(Supplier<Pulse> pulse, Duration patience, Runnable end) {
        this.pulse = pulse;
        this.patience = patience;
        this.end = end;
        this.last = pulse.get();
        if (patience.isPositive()) {
            long nanos = Math.max(1, patience.dividedBy(LOOKS).toNanos());
            var _ = thread.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Whether there has been no sign of life for half the time that there may be none. */
    boolean isDoubtful() {
        return isDoubtful;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Takes one more look; nobody else does at the same time. */
    void look() {
        Pulse now = pulse.get();
        looks = now.beats() == last.beats() ? looks + 1 : 0;
        last = now;
        Duration quiet = patience.dividedBy(LOOKS).multipliedBy(looks);
        Duration bearable = bearable(now);
        isDoubtful = quiet.compareTo(bearable.dividedBy(2)) >= 0;
        if (quiet.compareTo(bearable) >= 0) {
            tell(quiet);
            end.run();
        }
    }

    private Duration bearable(Pulse now) {
        return now.outside()
                .map(own -> longer(patience.multipliedBy(LONGER_OUTSIDE), own.multipliedBy(2)))
                .orElse(patience);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** What should be logged may be what hangs, so it is not waited for long. */
    private static void tell(Duration quiet) {
        Thread telling = Thread.ofPlatform().name("telling").daemon().start(() -> {
            LOGGER.log(
                    Level.ERROR,
                    "What stores events has not got on for " + quiet.toMillis()
                            + " ms; the process ends, to be started anew. Its threads:");
            ThreadDump.threads().forEach(one -> LOGGER.log(Level.ERROR, one));
        });
        try {
            var _ = telling.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
