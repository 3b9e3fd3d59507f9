package io.meterport.domain.event;

import io.meterport.domain.json.Json;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a subject used, at one time.
 *
 * @param time kept to the microsecond (finer digits are cut off); after 1970-01-01T00:00:00Z and
 *     before the year 10000
 * @param data what the sender said about it; absent for JSON null and for no data
 */
public record Event(
        EventKey key, EventType type, SubjectKey subject, Instant time, Optional<Json.Obj> data) {
    /** No event is this late. */
    public static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

    public Event {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(data, "data");
        time = time.getNano() % 1_000 == 0 ? time : time.truncatedTo(ChronoUnit.MICROS);
        Require.that(
                time.isAfter(Instant.EPOCH) && time.isBefore(END_OF_TIME),
                "invalid-event",
                "time must lie after 1970-01-01T00:00:00Z and before the year 10000");
    }
}
