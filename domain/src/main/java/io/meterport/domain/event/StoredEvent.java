package io.meterport.domain.event;

import java.time.Instant;
import java.util.Objects;

/**
 * An event as a store keeps it.
 *
 * @param sequence the store's own order of arrival; greater is later, gaps are allowed
 * @param ingestedAt when it was received
 * @param storedAt when it was written; never before {@code ingestedAt}
 */
public record StoredEvent(long sequence, Event event, Instant ingestedAt, Instant storedAt) {
    public StoredEvent {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(ingestedAt, "ingestedAt");
        Objects.requireNonNull(storedAt, "storedAt");
    }
}
