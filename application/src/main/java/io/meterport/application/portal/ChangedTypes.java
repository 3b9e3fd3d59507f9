package io.meterport.application.portal;

import io.meterport.domain.event.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The types of events that have come since they were last handed on: each at once, and then at most
 * once a tick, however many events come. Many threads may add; one takes.
 */
final class ChangedTypes {
    private static final int MOST_WAITING = 1_024;

    private final long tickNanos;
    private final Set<EventType> known = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<EventType> arrived = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Set<EventType> waiting = new LinkedHashSet<>();
    private final Map<EventType, Long> handedOnAt = new HashMap<>();

    /**
     * @param tick real time, as it passes for those who wait
     */
    ChangedTypes(Duration tick) {
        this.tickNanos = tick.toNanos();
    }

    /** Events of that type have come. Neither blocks nor fails. */
    void add(EventType type) {
        // A type that waits already is not queued again, so that many events leave room for others.
        if (known.add(type) && !arrived.offer(type)) {
            known.remove(type);
        }
    }

    /** The types to hand on now; waits for them no longer than a tick, and may find none. */
    Set<EventType> next() throws InterruptedException {
        EventType first = arrived.poll(untilDue(System.nanoTime()), TimeUnit.NANOSECONDS);
        if (first != null) {
            waiting.add(first);
            arrived.drainTo(waiting);
        }
        long now = System.nanoTime();
        handedOnAt.values().removeIf(at -> now - at >= tickNanos);
        List<EventType> due = new ArrayList<>(waiting);
        due.removeIf(handedOnAt::containsKey);
        for (EventType type : due) {
            waiting.remove(type);
            handedOnAt.put(type, now);
            known.remove(type);
        }
        return new LinkedHashSet<>(due);
    }

    /** How long it is until one that waits may be handed on, at most a tick. */
    private long untilDue(long now) {
        return waiting.stream()
                .mapToLong(type -> handedOnAt.getOrDefault(type, now - tickNanos) + tickNanos - now)
                .map(nanos -> Math.max(0, nanos))
                .reduce(tickNanos, Math::min);
    }
}
