package io.meterport.adapters.http.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off connections whose client takes too long. Helidon's own read timeout does nothing on the
 * server's side, so one thread looks at all connections a few times a second. Thread-safe.
 */
final class Deadlines implements AutoCloseable {
    private static final long LONGEST_TICK_MILLIS = 250;
    private static final long TICKS_PER_LIMIT = 8;

    private final Set<Wire> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;

    /** Exact to an eighth of the shortest limit, or 250 ms. */
    Deadlines(Duration shortestLimit) {
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("http-deadlines").factory());
        long share = Math.max(1, shortestLimit.toMillis() / TICKS_PER_LIMIT);
        long tick = Math.min(LONGEST_TICK_MILLIS, share);
        var _ = timer.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
    }

    void watch(Wire wire) {
        watched.add(wire);
    }

    void forget(Wire wire) {
        watched.remove(wire);
    }

    /** How many connections there are. */
    int connections() {
        return watched.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        long now = System.nanoTime();
        watched.forEach(wire -> wire.cutIfLate(now));
    }
}
