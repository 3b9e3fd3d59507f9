package io.meterport.domain.usage;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * The moment before which single events are no longer kept: a whole hour of UTC that never falls.
 * Of the time before it only whole hours are known. Immutable.
 */
public record Horizon(Instant moment) {
    /** All events are kept. */
    public static final Horizon NONE = new Horizon(Instant.EPOCH);

    public Horizon {
        Objects.requireNonNull(moment, "moment");
        if (!isWholeHour(moment) || moment.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("a horizon is a whole hour since 1970");
        }
    }

    /** The latest one that keeps everything that happened in the time {@code kept} before now. */
    public static Horizon keeping(Duration kept, Instant now) {
        Instant first = now.minus(kept).truncatedTo(ChronoUnit.HOURS);
        return first.isAfter(Instant.EPOCH) ? new Horizon(first) : NONE;
    }

    /** Whether an event of that time is no longer kept. */
    public boolean isAfter(Instant time) {
        return time.isBefore(moment);
    }

    /** The later of both. */
    public Horizon or(Horizon other) {
        return other.moment.isAfter(moment) ? other : this;
    }

    /**
     * Refuses a query that begins or ends within an hour before the horizon.
     *
     * @throws ProblemException {@code before-horizon}, naming the horizon
     */
    public void requireKnown(UsageQuery query) {
        Window range = query.range();
        requireKnown(range, begin(query));
    }

    /**
     * Refuses a query of which a window begins or ends within an hour before the horizon.
     *
     * @param windows those of the query
     * @throws ProblemException {@code before-horizon}, naming the horizon
     */
    public void requireKnown(UsageQuery query, List<Window> windows) {
        Window range = query.range();
        for (Window window : windows) {
            Window part = window.and(range);
            if (!isAfter(part.start())) {
                return;
            }
            boolean isFirst = part.start().equals(range.start());
            requireKnown(part, isFirst ? begin(query) : part.start());
        }
    }

    /**
     * Refuses a list of events that is to begin, or that ends, before the horizon.
     *
     * @param asked the time asked for; its start is 1970 where it has none
     * @throws ProblemException {@code before-horizon}, naming the horizon
     */
    public void requireListed(Window asked) {
        boolean begins = asked.start().isAfter(Instant.EPOCH) && isAfter(asked.start());
        if (begins || (isAfter(asked.end()) && !asked.isEmpty())) {
            throw unknown("events");
        }
    }

    private void requireKnown(Window part, Instant begin) {
        boolean ragged = isAfter(begin) && !isWholeHour(begin);
        if (!part.isEmpty() && (ragged || (isAfter(part.end()) && !isWholeHour(part.end())))) {
            throw unknown("parts of hours of UTC");
        }
    }

    /**
     * From when on a query can count without finding more than its range holds: nothing is counted
     * before a meter's first moment, so that the whole hour of that is as good.
     */
    public static Instant begin(UsageQuery query) {
        Instant start = query.range().start();
        boolean meterBegins = query.meter().eventFrom().filter(start::equals).isPresent();
        return meterBegins ? start.truncatedTo(ChronoUnit.HOURS) : start;
    }

    private ProblemException unknown(String what) {
        return new ProblemException(new Problem.Invalid(
                "before-horizon", "before " + moment + " " + what + " are no longer kept"));
    }

    private static boolean isWholeHour(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS).equals(moment);
    }
}
