package io.meterport.application.portal;

import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.Catalog;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Restrictions;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a token lets its holder see of the meters: the one place where scope, fixed filters, hidden
 * dimensions and limits of range and window are applied. Everything here only takes away.
 */
final class PortalMeters {
    private final PortalToken token;
    private final Catalog catalog;

    PortalMeters(PortalToken token, Catalog catalog) {
        this.token = token;
        this.catalog = catalog;
    }

    /** All meters in the token's scope, by slug. */
    List<Meter> all() {
        return catalog.meters().stream()
                .filter(meter -> token.scope().allows(meter.id()))
                .sorted((a, b) -> a.slug().compareTo(b.slug()))
                .toList();
    }

    /**
     * The meter of that slug if the token may read it. A restricted token is refused in the same
     * words whether there is such a meter or not.
     */
    Optional<Meter> find(String slug) {
        Optional<Meter> live = MeterSlug.isSlug(slug)
                ? catalog.find(new MeterSlug(slug))
                        .filter(meter -> token.scope().allows(meter.id()))
                : Optional.empty();
        if (live.isEmpty() && token.scope() instanceof MeterScope.Only) {
            throw forbidden();
        }
        return live;
    }

    /** That an unrestricted token asked for a meter that does not exist. */
    static ProblemException unknown() {
        return new ProblemException(
                new Problem.NotFound("unknown-meter", "There is no such meter."));
    }

    /** The dimensions of the meter that are not hidden. */
    List<Dimension> visible(Meter meter) {
        Restrictions restrictions = token.restrictions();
        return meter.dimensions().stream()
                .filter(dimension -> !restrictions.hides(meter.id(), dimension.key()))
                .toList();
    }

    /** The request put to the meter, for the token's subject, with all that the token takes away. */
    UsageQuery narrow(Meter meter, UsageRequest asked, Instant now) {
        UsageQuery query = asked.of(withoutHidden(meter), token.subject());
        requireRange(asked.from(), asked.to().orElse(now), asked.zone());
        asked.windowSize().ifPresent(this::requireWindow);
        return new UsageQuery(
                meter,
                query.subjects(),
                query.from(),
                query.to(),
                query.windowing(),
                query.groupBy(),
                narrowed(meter, query.filters()));
    }

    /** Refuses a range that is longer than the token allows. */
    void requireRange(Window range, ZoneId zone) {
        requireRange(Optional.of(range.start()), range.end(), zone);
    }

    /** Refuses windows that are smaller than the token allows. */
    void requireWindow(WindowSize size) {
        Optional<WindowSize> smallest = token.restrictions().smallestWindow();
        Require.that(
                smallest.map(least -> size.compareTo(least) >= 0).orElse(true),
                "window-too-small",
                "This token allows no smaller windows than "
                        + smallest.map(WindowSize::name).orElse("")
                        + ".");
    }

    private void requireRange(Optional<Instant> from, Instant end, ZoneId zone) {
        Optional<Duration> longest = token.restrictions().longestRange();
        Require.that(
                longest.isEmpty()
                        || from.map(start -> !end.isAfter(latest(start, longest.get(), zone)))
                                .orElse(false),
                "range-too-long",
                "This token allows ranges of at most "
                        + longest.map(Restrictions::text).orElse("")
                        + "; give from and to.");
    }

    /** A day of the longest range is a calendar day, and 24 hours where the calendar's is less. */
    private static Instant latest(Instant start, Duration longest, ZoneId zone) {
        Duration rest = longest.minusDays(longest.toDays());
        Instant byCalendar =
                start.atZone(zone).plusDays(longest.toDays()).plus(rest).toInstant();
        Instant byHours = start.plus(longest);
        return byCalendar.isAfter(byHours) ? byCalendar : byHours;
    }

    /** To the holder, a hidden dimension is one that the meter does not have. */
    private Meter withoutHidden(Meter meter) {
        return new Meter(
                meter.id(),
                meter.namespace(),
                meter.slug(),
                meter.name(),
                meter.description(),
                meter.eventType(),
                meter.eventFrom(),
                meter.aggregation(),
                visible(meter),
                meter.metadata(),
                meter.createdAt(),
                meter.updatedAt(),
                meter.deletedAt());
    }

    private Map<DimensionKey, Filter> narrowed(Meter meter, Map<DimensionKey, Filter> asked) {
        Map<DimensionKey, Filter> filters = new LinkedHashMap<>(asked);
        Map<DimensionKey, Set<String>> fixed = token.restrictions().filtersOf(meter.id());
        fixed.forEach((key, values) -> {
            if (meter.dimension(key).isEmpty()) {
                throw forbidden(); // The meter has lost the dimension that kept others' data away.
            }
            filters.merge(
                    key,
                    new Filter.In(values),
                    (theirs, ours) -> new Filter.And(List.of(theirs, ours)));
        });
        return filters;
    }

    private static ProblemException forbidden() {
        return new ProblemException(new Problem.Forbidden(
                "insufficient-scope", "The token does not allow this meter."));
    }
}
