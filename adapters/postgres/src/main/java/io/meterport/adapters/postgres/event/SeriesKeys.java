package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Hashes;
import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.SubjectKey;
import java.util.List;
import java.util.UUID;

/** The hashes by which series are found in their namespace. */
public final class SeriesKeys {
    private SeriesKeys() {}

    /** That of one series. */
    public static UUID hash(EventType type, SubjectKey subject) {
        return Hashes.of(List.of(type.value(), subject.value()));
    }
}
