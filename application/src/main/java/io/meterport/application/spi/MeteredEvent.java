package io.meterport.application.spi;

import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.meter.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An event with what it gives to each meter that counts it. */
public record MeteredEvent(Event event, List<Contribution> contributions) {
    public MeteredEvent {
        Objects.requireNonNull(event, "event");
        contributions = List.copyOf(contributions);
    }

    /** The event with its contributions to those of {@code meters} that count it. */
    public static MeteredEvent of(Event event, List<Meter> meters) {
        List<Contribution> contributions = new ArrayList<>(meters.size());
        for (Meter meter : meters) {
            Contribution.of(meter, event).ifPresent(contributions::add);
        }
        return new MeteredEvent(event, contributions);
    }
}
