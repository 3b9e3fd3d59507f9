package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.domain.event.Event;

/**
 * An event that is being stored.
 *
 * @param of the batch that it came with
 * @param index its place there
 */
record NewEvent(NewBatch of, int index) {
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
