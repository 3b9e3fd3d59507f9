package io.meterport.application.ingest;

import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.EventSink;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.application.spi.StaleCatalog;
import io.meterport.domain.event.Event;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes events in: works out what each gives to which meter, and hands them on. Thread-safe. */
public final class IngestEvents {
    /** The most events of one batch. */
    public static final int MOST_EVENTS = 10_000;

    /** Meters would have to change this often while one batch is being stored. */
    private static final int MOST_TRIES = 100;

    private final MeterStore meters;
    private final EventSink sink;

    public IngestEvents(MeterStore meters, EventSink sink) {
        this.meters = meters;
        this.sink = sink;
    }

    /**
     * Takes these events, all or none; once this returns each is durable and counts exactly once.
     *
     * @param receivedAt when they came in
     * @throws ProblemException {@code batch-too-large}; {@code event-too-old}; {@code outcome-unknown} or {@code
     *     storage-unavailable}, after which the same events may be sent again
     */
    public void accept(Namespace namespace, List<Event> events, Instant receivedAt) {
        if (events.size() > MOST_EVENTS) {
            throw new ProblemException(new Problem.TooLarge(
                    "batch-too-large", "A request may hold at most " + MOST_EVENTS + " events."));
        }
        for (int tries = 0; tries < MOST_TRIES && !events.isEmpty(); tries++) {
            Catalog catalog = meters.catalog(namespace);
            try {
                sink.accept(batch(namespace, catalog, events, receivedAt));
                return;
            } catch (StaleCatalog stale) {
                // The meters changed meanwhile: work it out again with the new ones.
            }
        }
        if (!events.isEmpty()) {
            throw new ProblemException(new Problem.Unavailable(
                    "storage-unavailable",
                    "The meters are changing too fast; try again.",
                    Duration.ofSeconds(1)));
        }
    }

    private static EventBatch batch(
            Namespace namespace, Catalog catalog, List<Event> events, Instant receivedAt) {
        List<MeteredEvent> metered = events.stream()
                .map(event -> MeteredEvent.of(event, catalog.counting(event.type())))
                .toList();
        return new EventBatch(namespace, catalog.version(), receivedAt, metered);
    }
}
