package io.meterport.application.spi;

import io.meterport.domain.event.StoredEvent;
import java.time.Instant;
import java.util.Objects;

/** A place in a list of events: that of the event with this time and sequence. */
public record EventCursor(Instant time, long sequence) {
    public EventCursor {
        Objects.requireNonNull(time, "time");
    }

    /** The place of that event. */
    public static EventCursor of(StoredEvent stored) {
        return new EventCursor(stored.event().time(), stored.sequence());
    }

    /** Whether that event comes later in the list. */
    public boolean isBefore(StoredEvent stored) {
        int order = stored.event().time().compareTo(time);
        return order < 0 || (order == 0 && stored.sequence() < sequence);
    }
}
