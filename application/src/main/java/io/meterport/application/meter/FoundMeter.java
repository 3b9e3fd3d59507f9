package io.meterport.application.meter;

import io.meterport.application.spi.BuildProgress;
import io.meterport.domain.meter.Meter;
import java.util.Objects;
import java.util.Optional;

/**
 * A meter, and how far the counting of its old events is.
 *
 * @param building present while that goes on
 */
public record FoundMeter(Meter meter, Optional<BuildProgress> building) {
    public FoundMeter {
        Objects.requireNonNull(meter, "meter");
        Objects.requireNonNull(building, "building");
    }
}
