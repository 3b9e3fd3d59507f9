package io.meterport.bootstrap;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What goes on without being asked for: each task in a thread of its own, again and again. */
final class Background implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Background.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("background-", 0).daemon().factory());

    /** Does {@code step} over and over until it says that nothing is left, and later again. */
    Background drain(String name, Duration pause, BooleanSupplier step) {
        return every(name, pause, () -> {
            boolean more = true;
            while (more && !threads.isShutdown()) {
                more = step.getAsBoolean();
            }
        });
    }

    /** Does {@code task} now and then; its failure is logged and does not end it. */
    Background every(String name, Duration pause, Runnable task) {
        Runnable lasting = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, name + " failed and will be tried again", e);
            }
        };
        long nanos = pause.toNanos();
        var _ = threads.scheduleWithFixedDelay(lasting, nanos, nanos, TimeUnit.NANOSECONDS);
        return this;
    }

    /** Lets what is under way finish. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
