package io.meterport.application.portal;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How old a proof may be that no revocation was missed.
 *
 * @param maxStaleness as long as the store answers; zero proves anew for each decision
 * @param maxExtra how much older it may become while the store does not answer; absent: not at all
 */
public record Freshness(Duration maxStaleness, Optional<Duration> maxExtra) {
    /** Five seconds, and nothing beyond. */
    public static final Freshness DEFAULT = new Freshness(Duration.ofSeconds(5), Optional.empty());
    /** The most that anybody may allow beyond. */
    public static final Duration MOST_EXTRA = Duration.ofMinutes(5);

    public Freshness {
        Objects.requireNonNull(maxExtra, "maxExtra");
        if (maxStaleness.isNegative()) {
            throw new IllegalArgumentException("a proof's age is not negative");
        }
        if (maxExtra.filter(extra -> extra.isNegative() || extra.compareTo(MOST_EXTRA) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("more than " + MOST_EXTRA + " is too much");
        }
    }
}
