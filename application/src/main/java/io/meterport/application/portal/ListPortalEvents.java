package io.meterport.application.portal;

import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.EventCursor;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.EventReader;
import io.meterport.application.spi.MeterStore;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Grouping;
import io.meterport.domain.usage.TimeFilter;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the events behind a bar: the token's own subject's, of one meter. Thread-safe. */
public final class ListPortalEvents {
    /** So many pages of stored events are looked through for one page of matching ones. */
    private static final int MOST_PAGES = 20;

    private final MeterStore meters;
    private final EventReader history;
    private final InstantSource time;

    public ListPortalEvents(MeterStore meters, EventReader history, InstantSource time) {
        this.meters = meters;
        this.history = history;
        this.time = time;
    }

    /**
     * A part of the list.
     *
     * @param next where to go on; absent at the end. A part may be short, or empty, and go on
     */
    public record Part(List<PortalEvent> events, Optional<EventCursor> next) {
        public Part {
            events = List.copyOf(events);
        }
    }

    /**
     * Events that count for the request, newest first.
     *
     * @param request its range and filters; whoever may not see a dimension cannot filter by it
     * @throws ProblemException {@code insufficient-scope} unless the token says that events may be
     *     listed, or as a query of the meter would
     */
    public Part list(
            PortalToken token,
            String slug,
            UsageRequest request,
            Optional<EventCursor> after,
            int limit) {
        if (!token.restrictions().events()) {
            throw new ProblemException(new Problem.Forbidden(
                    "insufficient-scope", "The token does not allow events to be listed."));
        }
        PortalMeters allowed = new PortalMeters(token, meters.catalog(token.namespace()));
        Meter meter = allowed.find(slug).orElseThrow(PortalMeters::unknown);
        UsageQuery query = allowed.narrow(meter, request, time.instant());
        Grouping grouping = query.grouping();
        List<PortalEvent> found = new ArrayList<>();
        Optional<EventCursor> at = after;
        for (int page = 0; page < MOST_PAGES; page++) {
            List<StoredEvent> stored = history.list(stored(token, query, at));
            for (StoredEvent each : stored) {
                at = Optional.of(EventCursor.of(each));
                matching(query, grouping, each)
                        .map(gives -> PortalEvent.of(each, gives, meter, allowed.visible(meter)))
                        .ifPresent(found::add);
                if (found.size() == limit) {
                    return new Part(found, at);
                }
            }
            if (stored.size() < EventQuery.MOST_EVENTS) {
                return new Part(found, Optional.empty());
            }
        }
        return new Part(found, at);
    }

    private static Optional<Contribution> matching(
            UsageQuery query, Grouping grouping, StoredEvent stored) {
        return Contribution.of(query.meter(), stored.event())
                .filter(gives -> grouping.matches(gives.group()));
    }

    private static EventQuery stored(
            PortalToken token, UsageQuery query, Optional<EventCursor> after) {
        Window range = query.range();
        return new EventQuery(
                token.namespace(),
                new Filter.Any(),
                new Filter.Any(),
                Filter.eq(token.subject().value()),
                Filter.eq(query.meter().eventType().value()),
                new TimeFilter.And(List.of(
                        new TimeFilter.After(range.start(), true),
                        new TimeFilter.Before(range.end(), false))),
                new TimeFilter.Any(),
                after,
                EventQuery.MOST_EVENTS);
    }
}
