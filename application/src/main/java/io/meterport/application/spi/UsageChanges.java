package io.meterport.application.spi;

import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells when a subject's usage last changed, and when it changes. With a shared store the last change
 * is that of all nodes; changes as they happen are told of by the node that stores them, and brought
 * to the others by {@link UsageFeed} and by asking for the last one now and then.
 */
public interface UsageChanges {
    /**
     * The last change of the subject's events of those types. Its number rises with every commit
     * that stores such an event; equal numbers mean that nothing has changed in between. Cheap to
     * ask for.
     */
    UsageChange last(Namespace namespace, SubjectKey subject, Set<EventType> types);

    /**
     * Calls {@code changed} with the type of new events of the subject, after they have been
     * committed, from a thread that must not be held up: it may neither block nor fail.
     *
     * @return ends the calls when closed; idempotent
     */
    Subscription subscribe(Namespace namespace, SubjectKey subject, Consumer<EventType> changed);

    /** Something that goes on until it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
