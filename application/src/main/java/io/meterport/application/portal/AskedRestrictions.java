package io.meterport.application.portal;

import io.meterport.domain.usage.WindowSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@link io.meterport.domain.portal.Restrictions} as a backend asks for them: meters by slug,
 * dimensions by name.
 */
public record AskedRestrictions(
        Map<String, Map<String, List<String>>> filters,
        Map<String, List<String>> hidden,
        Optional<Duration> longestRange,
        Optional<WindowSize> smallestWindow,
        List<String> origins,
        Optional<Integer> perSecond,
        Optional<String> session,
        boolean events) {
    /** None at all. */
    public static final AskedRestrictions NONE = new AskedRestrictions(
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false);

    public AskedRestrictions {
        Objects.requireNonNull(filters, "filters");
        Objects.requireNonNull(hidden, "hidden");
        Objects.requireNonNull(longestRange, "longestRange");
        Objects.requireNonNull(smallestWindow, "smallestWindow");
        origins = List.copyOf(origins);
        Objects.requireNonNull(perSecond, "perSecond");
        Objects.requireNonNull(session, "session");
    }
}
