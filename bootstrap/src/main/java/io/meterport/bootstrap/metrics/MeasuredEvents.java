package io.meterport.bootstrap.metrics;

import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.EventSink;
import io.meterport.application.spi.EventStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;

/** Hands events to the store, and counts those that were new, those that were not, and the time. */
public final class MeasuredEvents implements EventSink {
    private final EventStore events;
    private final Counter accepted;
    private final Counter duplicates;
    private final Timer batches;

    public MeasuredEvents(EventStore events, Metrics metrics) {
        this.events = events;
        this.accepted = metrics.counter("meterport.events.accepted", "New events stored.");
        this.duplicates = metrics.counter(
                "meterport.events.duplicate", "Events skipped because they were stored before.");
        this.batches = metrics.timer(
                "meterport.ingest.batch", "From a batch that waits to be stored to its fsync.");
    }

    @Override
    public void accept(EventBatch batch) {
        batches.record(() -> {
            int fresh = events.append(batch);
            accepted.increment(fresh);
            duplicates.increment(batch.events().size() - fresh);
        });
    }
}
