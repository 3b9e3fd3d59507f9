package io.meterport.application.spi;

import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import java.util.Objects;
import java.util.Optional;

/**
 * Which stored events to list: newest event time first, then latest stored first.
 *
 * @param after go on behind this place of an earlier list
 * @param limit 1 to {@value #MOST_EVENTS}
 */
public record EventQuery(
        Namespace namespace,
        Filter id,
        Filter source,
        Filter subject,
        Filter type,
        TimeFilter time,
        TimeFilter ingestedAt,
        Optional<EventCursor> after,
        int limit) {
    /** The most events of one list. */
    public static final int MOST_EVENTS = 100;

    public EventQuery {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(ingestedAt, "ingestedAt");
        Objects.requireNonNull(after, "after");
    }

    /** Whether the list may hold that event. */
    public boolean matches(StoredEvent stored) {
        return type.matches(stored.event().type().value())
                && subject.matches(stored.event().subject().value())
                && time.matches(stored.event().time())
                && ingestedAt.matches(stored.ingestedAt())
                && id.matches(stored.event().key().id())
                && source.matches(stored.event().key().source())
                && after.map(place -> place.isBefore(stored)).orElse(true);
    }
}
