package io.meterport.bootstrap.powerfail;

import io.meterport.domain.event.Event;
import io.meterport.domain.subject.SubjectKey;
import java.util.Optional;

/**
 * What was erased and forgotten in a session, after everything sent had been acknowledged.
 *
 * @param erased the subject, if one was
 * @param erasingAt when that was begun
 * @param erasedAt when it was known to be acknowledged
 * @param forgettingAt when a server began to delete old events; like the others {@link
 *     Long#MAX_VALUE} if never
 */
record Forgetting(Optional<SubjectKey> erased, long erasingAt, long erasedAt, long forgettingAt) {
    /** Nothing was. */
    static final Forgetting NOTHING =
            new Forgetting(Optional.empty(), Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** Whether the event belongs to whom was erased. */
    boolean isErased(Event event) {
        return erased.filter(event.subject()::equals).isPresent();
    }

    /** How much of it had come about by then. */
    long madeBefore(long moment) {
        return (erasingAt < moment ? 1L : 0L)
                + (erasedAt < moment ? 1L : 0L)
                + (forgettingAt < moment ? 1L : 0L);
    }
}
