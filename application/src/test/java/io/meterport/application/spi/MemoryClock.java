package io.meterport.application.spi;

import java.time.Instant;
import java.util.Optional;

/** The mark in a field. */
final class MemoryClock implements ClockMark {
    private Optional<Instant> highest = Optional.empty();

    @Override
    public synchronized Optional<Instant> highest() {
        return highest;
    }

    @Override
    public synchronized void raise(Instant to) {
        if (highest.map(to::isAfter).orElse(true)) {
            highest = Optional.of(to);
        }
    }
}
