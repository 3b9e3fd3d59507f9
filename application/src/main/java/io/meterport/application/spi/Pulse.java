package io.meterport.application.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A sign of life of what stores events. As long as it gets on, or has nothing to do, two that are
 * taken a second apart have different beats; while it is stuck they have the same.
 *
 * @param beats means nothing but by being another than before
 * @param outside present while it may be waiting for something outside of the process, such as a
 *     disk or a server: how long that may take by the store's own settings, zero if they say nothing
 */
public record Pulse(long beats, Optional<Duration> outside) {
    public Pulse {
        Objects.requireNonNull(outside, "outside");
    }
}
