package io.meterport.adapters.sqlite.event;

import io.meterport.domain.event.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The latest of many events, by time and then by sequence, and no more than a number of them. */
final class LatestEvents {
    private static final Comparator<StoredEvent> ORDER = Comparator.comparing(
                    (StoredEvent stored) -> stored.event().time())
            .thenComparingLong(StoredEvent::sequence);

    private final int most;
    private final PriorityQueue<StoredEvent> events = new PriorityQueue<>(ORDER);

    LatestEvents(int most) {
        this.most = most;
    }

    /** Whether it would be among them; if not, no earlier one would either. */
    boolean mayTake(StoredEvent event) {
        return events.size() < most || ORDER.compare(event, events.element()) > 0;
    }

    void add(StoredEvent event) {
        events.add(event);
        if (events.size() > most) {
            events.remove();
        }
    }

    /** The latest first. */
    List<StoredEvent> sorted() {
        List<StoredEvent> sorted = new ArrayList<>(events);
        sorted.sort(ORDER.reversed());
        return sorted;
    }
}
