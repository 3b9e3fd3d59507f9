package io.meterport.application.spi;

/** Keeps events and their contributions. */
public interface EventStore {
    /**
     * Stores those events whose keys are new in their namespace, of equal keys the first, adds
     * their contributions to the meters, all in one transaction, and returns how many events were
     * new. Durable when it returns, and seen by every reading that begins afterwards.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code event-too-old} (invalid) if one of
     *     them is before the horizon; nothing was stored
     * @throws StaleCatalog if the catalog's version is no longer that of the batch; nothing was
     *     stored
     */
    int append(EventBatch batch);

    /** How many events wait to be stored, of batches whose callers wait; cheap to ask for. */
    int waiting();

    /**
     * How many events came again with another type, subject or data than they were stored with, as
     * far as the store remembers, since it was opened; they were skipped as any others. Cheap to ask
     * for.
     */
    long conflicts();

    /** A sign of its life; cheap, and waits for nobody. */
    Pulse pulse();
}
