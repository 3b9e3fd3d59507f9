package io.meterport.application.spi;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.Optional;

/** An event to be; every method gives another one that differs in one thing. */
public record EventSample(
        String source,
        String id,
        String type,
        String subject,
        Instant time,
        Optional<Json.Obj> data) {
    static EventSample withId(String id) {
        return new EventSample("tests", id, "request", "alice", Samples.NOON, Optional.empty());
    }

    public EventSample from(String source) {
        return new EventSample(source, id, type, subject, time, data);
    }

    public EventSample type(String type) {
        return new EventSample(source, id, type, subject, time, data);
    }

    public EventSample of(String subject) {
        return new EventSample(source, id, type, subject, time, data);
    }

    public EventSample at(Instant time) {
        return new EventSample(source, id, type, subject, time, data);
    }

    public EventSample at(String time) {
        return at(Instant.parse(time));
    }

    /** With these members as data: names and values in turn. */
    public EventSample with(Object... namesAndValues) {
        return new EventSample(
                source, id, type, subject, time, Optional.of(Samples.data(namesAndValues)));
    }

    /** The event. */
    public Event event() {
        return new Event(
                new EventKey(source, id), new EventType(type), new SubjectKey(subject), time, data);
    }
}
