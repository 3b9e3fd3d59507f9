package io.meterport.application.spi;

import io.meterport.domain.event.EventType;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Window;
import java.util.List;

/** Gives stored events back. Each method sees one state of the store. */
public interface EventReader {
    /**
     * The first {@code limit} events that match, by time and then sequence, both falling; none
     * before the horizon.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code before-horizon} (invalid) if the
     *     time asked for begins, or ends, before the horizon; {@code too-many-events} where a store
     *     would have to look through more of them one by one than it is willing to; {@code
     *     query-timeout} (unavailable) when the budget of time is used up
     */
    List<StoredEvent> list(EventQuery query);

    /**
     * The subjects that have events of that type in the range, from the horizon on; each once, in
     * rising order.
     */
    List<SubjectKey> subjects(Namespace namespace, EventType type, Window range);

    /**
     * How many subjects have events, or had some that were forgotten since, in the namespace that has
     * the most of them. Cheap to ask for.
     */
    long mostSubjects();
}
