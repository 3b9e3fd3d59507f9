package io.meterport.application.meter;

import io.meterport.application.spi.BuildProgress;
import io.meterport.domain.meter.Meter;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A meter, and how far the counting of its old events is.
 *
 * @param building present while that goes on
 * @param dataFrom where its usage begins, if events had been forgotten when it was defined
 */
public record FoundMeter(
        Meter meter, Optional<BuildProgress> building, Optional<Instant> dataFrom) {
    public FoundMeter {
        Objects.requireNonNull(meter, "meter");
        Objects.requireNonNull(building, "building");
        Objects.requireNonNull(dataFrom, "dataFrom");
    }
}
