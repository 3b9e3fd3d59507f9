package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.domain.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event that is being stored.
 *
 * @param of the batch that it came with
 * @param index its place there
 */
record NewEvent(NewBatch of, int index) {
    /** The same events by their batches, both in the order in which they came. */
    static Map<NewBatch, List<NewEvent>> byBatch(List<NewEvent> events) {
        Map<NewBatch, List<NewEvent>> batches = new LinkedHashMap<>();
        for (NewEvent event : events) {
            batches.computeIfAbsent(event.of(), missing -> new ArrayList<>()).add(event);
        }
        return batches;
    }

    MeteredEvent metered() {
        return of.batch().events().get(index);
    }

    Event event() {
        return metered().event();
    }

    SeriesKey series() {
        return new SeriesKey(of.batch().namespace(), event().type(), event().subject());
    }

    /** When it was received, in microseconds. */
    long ingested() {
        return Micros.of(of.batch().ingestedAt());
    }
}
