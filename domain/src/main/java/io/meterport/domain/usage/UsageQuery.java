package io.meterport.domain.usage;

import io.meterport.domain.event.Event;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is asked of one meter. Every part has been checked against the meter: a query that exists
 * can be answered.
 *
 * @param from the first moment asked for; absent means the beginning
 * @param to the first moment not asked for; absent means no end
 * @param groupBy dimensions told apart, in the order asked for, each once
 * @param filters conditions on dimensions, all of which an event must meet
 * @param kept if present, only these groups are told apart; all others are one, {@link #OTHER}
 */
public record UsageQuery(
        Meter meter,
        Subjects subjects,
        Optional<Instant> from,
        Optional<Instant> to,
        Windowing windowing,
        List<DimensionKey> groupBy,
        Map<DimensionKey, Filter> filters,
        Optional<Set<List<String>>> kept) {
    /** The group of all groups that are not told apart. */
    public static final List<String> OTHER = List.of();
    /** The most windows of one answer, in the range clipped to existing data. */
    public static final int MOST_WINDOWS = 10_000;
    /** The most rows of one answer. */
    public static final int MOST_ROWS = 100_000;

    public UsageQuery {
        Objects.requireNonNull(meter, "meter");
        Objects.requireNonNull(subjects, "subjects");
        Objects.requireNonNull(windowing, "windowing");
        groupBy = List.copyOf(new LinkedHashSet<>(groupBy));
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
        kept = kept.map(Set::copyOf);
        if (from.isPresent() && to.isPresent()) {
            Require.that(
                    !from.get().equals(to.get()), "invalid-range", "from and to cannot be equal");
            Require.that(from.get().isBefore(to.get()), "invalid-range", "from must be before to");
        }
        for (DimensionKey key : groupBy) {
            requireDimension(meter, key, "invalid group by: ");
        }
        for (DimensionKey key : filters.keySet()) {
            requireDimension(meter, key, "invalid group by filter: ");
        }
    }

    /** A query that tells all groups apart. */
    public UsageQuery(
            Meter meter,
            Subjects subjects,
            Optional<Instant> from,
            Optional<Instant> to,
            Windowing windowing,
            List<DimensionKey> groupBy,
            Map<DimensionKey, Filter> filters) {
        this(meter, subjects, from, to, windowing, groupBy, filters, Optional.empty());
    }

    /** The moments whose events count: what is asked for, from the meter's first moment on. */
    public Window range() {
        Instant start = from.orElse(Instant.EPOCH);
        Instant first = meter.eventFrom().filter(start::isBefore).orElse(start);
        Instant end = to.orElse(Event.END_OF_TIME);
        return new Window(first, end.isBefore(first) ? first : end);
    }

    /**
     * The windows of the answer, whole and in order; those of a sized query overlap the range and,
     * where there are many, the data.
     *
     * @param extent a window that holds all events asked for, or empty if there are none; asked for
     *     only if the range alone gives more than {@value #MOST_WINDOWS} windows
     * @throws ProblemException {@code too-many-windows}, naming the next size that fits
     */
    public List<Window> windows(Supplier<Optional<Window>> extent) {
        return switch (windowing) {
            case Windowing.Whole ignored -> List.of(range());
            case Windowing.By by -> windows(by, extent);
        };
    }

    /** The dimensions asked for, ready to be applied to many events. */
    public Grouping grouping() {
        return new Grouping(this);
    }

    private List<Window> windows(Windowing.By by, Supplier<Optional<Window>> extent) {
        return split(by, range())
                .orElseGet(() -> extent.get()
                        .map(data -> range().and(data))
                        .map(clipped -> split(by, clipped).orElseThrow(() -> tooMany(by, clipped)))
                        .orElseGet(List::of));
    }

    /** The windows of the range; empty if there are too many. */
    private static Optional<List<Window>> split(Windowing.By by, Window range) {
        if (by.size().surelyMoreThan(MOST_WINDOWS, range)) {
            return Optional.empty();
        }
        List<Window> windows = by.size().split(range, by.zone(), MOST_WINDOWS + 1);
        return windows.size() <= MOST_WINDOWS ? Optional.of(windows) : Optional.empty();
    }

    private static ProblemException tooMany(Windowing.By by, Window range) {
        return new ProblemException(new Problem.Invalid("too-many-windows", nextSize(by, range)));
    }

    private static String nextSize(Windowing.By by, Window range) {
        String most = "an answer has at most " + MOST_WINDOWS + " windows; ";
        return Arrays.stream(WindowSize.values())
                .filter(size -> size.compareTo(by.size()) > 0)
                .filter(size ->
                        size.split(range, by.zone(), MOST_WINDOWS + 1).size() <= MOST_WINDOWS)
                .findFirst()
                .map(size -> most + "windowSize " + size + " fits this range")
                .orElse(most + "ask for a shorter range");
    }

    private static void requireDimension(Meter meter, DimensionKey key, String what) {
        Require.that(meter.dimension(key).isPresent(), "unknown-dimension", what + key);
    }
}
