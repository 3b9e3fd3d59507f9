package io.meterport.domain.portal;

import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.usage.WindowSize;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a token may not do, beside its {@link MeterScope}. Each only takes away.
 *
 * @param filters of those meters only events with one of these values of each dimension count
 * @param hidden dimensions that are, to the holder, not there
 * @param longestRange no query may reach further from its start to its end
 * @param smallestWindow no query may have smaller windows
 * @param origins browsers may use the token from these origins only; empty means from any
 * @param perSecond how many requests a second, lasting
 * @param session a label by which all tokens of one login of the subject can be revoked together
 * @param events whether the subject's own events may be listed
 */
public record Restrictions(
        Map<MeterId, Map<DimensionKey, Set<String>>> filters,
        Map<MeterId, Set<DimensionKey>> hidden,
        Optional<Duration> longestRange,
        Optional<WindowSize> smallestWindow,
        Set<String> origins,
        Optional<Integer> perSecond,
        Optional<String> session,
        boolean events) {
    /** The most characters of a session label. */
    public static final int MOST_SESSION = 256;
    /** The longest of all longest ranges: ten years. */
    public static final Duration MOST_RANGE = Duration.ofDays(3_660);
    /** The most origins, and the most values of a fixed filter. */
    public static final int MOST_VALUES = 100;

    /** What a token has that was asked for without any: nothing is taken away, no events shown. */
    public static final Restrictions NONE = new Restrictions(
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            false);

    public Restrictions {
        filters = copy(filters, Restrictions::copyValues);
        hidden = copy(hidden, Restrictions::copy);
        Objects.requireNonNull(longestRange, "longestRange");
        Objects.requireNonNull(smallestWindow, "smallestWindow");
        origins = copy(origins);
        Objects.requireNonNull(perSecond, "perSecond");
        Objects.requireNonNull(session, "session");
    }

    /** A range of days and time as ISO 8601 writes it, such as {@code P31D} or {@code P1DT12H}. */
    public static String text(Duration range) {
        Duration rest = range.minusDays(range.toDays());
        String days = range.toDays() == 0 ? "" : range.toDays() + "D";
        String time = rest.isZero() && !days.isEmpty() ? "" : rest.toString().substring(1);
        return "P" + days + time;
    }

    /** The values that events of that meter must have to count, by dimension. */
    public Map<DimensionKey, Set<String>> filtersOf(MeterId meter) {
        return filters.getOrDefault(meter, Map.of());
    }

    /** Whether that dimension of that meter is hidden. */
    public boolean hides(MeterId meter, DimensionKey dimension) {
        return hidden.getOrDefault(meter, Set.of()).contains(dimension);
    }

    private static Map<DimensionKey, Set<String>> copyValues(
            Map<DimensionKey, Set<String>> values) {
        return copy(values, Restrictions::copy);
    }

    private static <T> Set<T> copy(Set<T> set) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }

    private static <K, V> Map<K, V> copy(Map<K, V> map, UnaryOperator<V> copyValue) {
        Map<K, V> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, copyValue.apply(value)));
        return Collections.unmodifiableMap(copy);
    }
}
