package io.meterport.application.ingest;

import io.meterport.domain.event.StoredEvent;
import java.util.List;
import java.util.Objects;

/**
 * A stored event as lists show it.
 *
 * @param faults why live meters pass over it; empty if none does
 */
public record ListedEvent(StoredEvent stored, List<String> faults) {
    public ListedEvent {
        Objects.requireNonNull(stored, "stored");
        faults = List.copyOf(faults);
    }
}
