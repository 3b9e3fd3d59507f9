package io.meterport.application.spi;

import io.meterport.domain.event.Event;
import java.util.List;

/**
 * A run of stored events.
 *
 * @param upTo the sequence up to which the run has been looked at, itself included
 * @param events those of the run that are of the meter's type
 */
public record BuildChunk(long upTo, List<Event> events) {
    public BuildChunk {
        events = List.copyOf(events);
    }
}
