package io.meterport.application.spi;

import java.time.Instant;
import java.util.Optional;

/** The highest time that this installation has seen, kept so that a clock set back is noticed. */
public interface ClockMark {
    /** The mark; empty in a new installation. */
    Optional<Instant> highest();

    /** Raises the mark; a lower one changes nothing. */
    void raise(Instant to);
}
