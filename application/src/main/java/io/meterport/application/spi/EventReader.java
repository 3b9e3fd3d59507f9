package io.meterport.application.spi;

import io.meterport.domain.event.EventType;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Window;
import java.util.List;

/** Gives stored events back. Each method sees one state of the store. */
public interface EventReader {
    /** The first {@code limit} events that match, by time and then sequence, both falling. */
    List<StoredEvent> list(EventQuery query);

    /** The subjects that have events of that type in the range, each once, in rising order. */
    List<SubjectKey> subjects(Namespace namespace, EventType type, Window range);
}
