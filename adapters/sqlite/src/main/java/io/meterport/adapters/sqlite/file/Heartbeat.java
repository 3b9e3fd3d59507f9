package io.meterport.adapters.sqlite.file;

import io.meterport.application.spi.Pulse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The signs of life of the writer: it beats with each turn, each statement that begins, and now and
 * then during a long one. One thread beats; any may look.
 */
final class Heartbeat {
    private final AtomicLong beats = new AtomicLong();
    private volatile Optional<Duration> outside = Optional.empty();

    /** Costs next to nothing: nobody needs to see it at once. */
    void beat() {
        beats.lazySet(beats.getPlain() + 1);
    }

    /** From now on it may wait for the disk and for other programs, by what is known so long. */
    void leaves(Duration longest) {
        outside = Optional.of(longest);
        beat();
    }

    /** From now on it waits for nothing outside. */
    void returns() {
        outside = Optional.empty();
        beat();
    }

    Pulse pulse() {
        return new Pulse(beats.get(), outside);
    }
}
