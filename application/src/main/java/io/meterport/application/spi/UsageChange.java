package io.meterport.application.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The last change of some usage.
 *
 * @param number zero if there was none
 * @param at when it was stored; absent if there was none
 */
public record UsageChange(long number, Optional<Instant> at) {
    /** There was none. */
    public static final UsageChange NONE = new UsageChange(0, Optional.empty());

    public UsageChange {
        Objects.requireNonNull(at, "at");
    }

    /** The later of both. */
    public UsageChange or(UsageChange other) {
        return other.number > number ? other : this;
    }
}
