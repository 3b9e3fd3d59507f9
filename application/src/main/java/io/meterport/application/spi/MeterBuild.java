package io.meterport.application.spi;

import io.meterport.domain.meter.Meter;
import java.util.Objects;

/**
 * The counting of old events for one definition of one meter.
 *
 * @param number names this build among all builds of the store, for ever
 * @param position the sequence of the last event it has looked at
 */
public record MeterBuild(long number, Meter meter, long position) {
    public MeterBuild {
        Objects.requireNonNull(meter, "meter");
    }
}
