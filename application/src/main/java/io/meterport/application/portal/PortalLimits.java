package io.meterport.application.portal;

import java.time.Duration;

/**
 * How long portal tokens live.
 *
 * @param life where the request does not say
 * @param longestLife at most
 */
public record PortalLimits(Duration life, Duration longestLife) {
    /** 24 hours, at most 30 days. */
    public static final PortalLimits DEFAULT =
            new PortalLimits(Duration.ofHours(24), Duration.ofDays(30));

    public PortalLimits {
        if (life.isNegative() || life.isZero() || life.compareTo(longestLife) > 0) {
            throw new IllegalArgumentException(
                    "a token's life must be positive and not longer than the longest");
        }
    }
}
