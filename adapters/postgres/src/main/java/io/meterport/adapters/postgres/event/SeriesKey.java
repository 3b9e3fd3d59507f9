package io.meterport.adapters.postgres.event;

import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.util.UUID;

/** What the events of a series have in common. */
record SeriesKey(Namespace namespace, EventType type, SubjectKey subject) {
    /** The hash by which it is found in its namespace. */
    UUID hash() {
        return SeriesKeys.hash(type, subject);
    }
}
