package io.meterport.application.spi;

/** Where accepted events go. */
@FunctionalInterface
public interface EventSink {
    /**
     * Takes the batch; once this returns, every event of it is durable and counts once, however
     * often it is sent. On any exception nothing is promised, and sending it again is safe.
     *
     * @throws StaleCatalog if the meters have changed; nothing was taken
     */
    void accept(EventBatch batch);
}
