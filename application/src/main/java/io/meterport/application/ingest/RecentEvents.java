package io.meterport.application.ingest;

import io.meterport.application.spi.EventQuery;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.TimeFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What OpenMeter's first event list asks for: events of the last 32 days, unless it names an
 * earlier arrival.
 *
 * @param id a part of the event's id; {@code %} and {@code _} are wildcards
 * @param subject the exact subject
 */
public record RecentEvents(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Instant> ingestedFrom,
        Optional<Instant> ingestedTo,
        Optional<String> id,
        Optional<String> subject,
        int limit) {
    /** How far back the list reaches. */
    public static final Duration REACH = Duration.ofDays(32);

    /** The same as a general query, at the time {@code now}, where events begin at the horizon. */
    public EventQuery at(Namespace namespace, Instant now, Horizon horizon) {
        Instant earliest = now.minus(REACH);
        requireRange("from", from, "to", to, earliest);
        requireRange("ingestedAtFrom", ingestedFrom, "ingestedAtTo", ingestedTo, earliest);
        return new EventQuery(
                namespace,
                id.map(part -> Filter.like("%" + part + "%")).orElseGet(Filter.Any::new),
                new Filter.Any(),
                subject.map(Filter::eq).orElseGet(Filter.Any::new),
                new Filter.Any(),
                between(Optional.of(from.orElse(later(earliest.plusSeconds(1), horizon))), to),
                between(ingestedFrom, ingestedTo),
                Optional.empty(),
                limit);
    }

    private static void requireRange(
            String fromName,
            Optional<Instant> from,
            String toName,
            Optional<Instant> to,
            Instant earliest) {
        Require.that(
                from.map(start -> !start.isBefore(earliest)).orElse(true),
                "invalid-range",
                fromName + " must lie within the last 32 days");
        Require.that(
                from.isEmpty() || to.isEmpty() || !to.get().isBefore(from.get()),
                "invalid-range",
                toName + " must not be before " + fromName);
    }

    private static Instant later(Instant earliest, Horizon horizon) {
        return horizon.isAfter(earliest) ? horizon.moment() : earliest;
    }

    private static TimeFilter between(Optional<Instant> from, Optional<Instant> to) {
        List<TimeFilter> bounds = new ArrayList<>();
        from.ifPresent(start -> bounds.add(new TimeFilter.After(start, true)));
        to.ifPresent(end -> bounds.add(new TimeFilter.Before(end, false)));
        return new TimeFilter.And(bounds);
    }
}
