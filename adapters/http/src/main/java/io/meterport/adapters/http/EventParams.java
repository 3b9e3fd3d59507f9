package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Query;
import io.meterport.adapters.json.JsonReader;
import io.meterport.application.ingest.ListedEvent;
import io.meterport.application.ingest.RecentEvents;
import io.meterport.application.spi.EventQuery;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import java.util.List;
import java.util.Optional;

/** What the two lists of events can be asked for. Stateless. */
final class EventParams {
    private static final int MOST_DEPTH = 1;

    private EventParams() {}

    /** The question of the first list. */
    static RecentEvents recent(Query query) {
        Params params = new Params(query);
        params.refuseCustomers();
        return new RecentEvents(
                params.instant("from"),
                params.instant("to"),
                params.instant("ingestedAtFrom"),
                params.instant("ingestedAtTo"),
                params.single("id"),
                params.single("subject"),
                limit(params));
    }

    /** The question of the second list. */
    static EventQuery filtered(Query query, Namespace namespace) {
        Params params = new Params(query);
        Members filter = filter(params);
        if (filter.has("customerId")) {
            throw Params.noCustomers();
        }
        return new EventQuery(
                namespace,
                text(filter, "id"),
                text(filter, "source"),
                text(filter, "subject"),
                text(filter, "type"),
                time(filter, "time"),
                time(filter, "ingestedAt"),
                params.single("cursor").map(EventCursors::read),
                limit(params));
    }

    private static int limit(Params params) {
        return params.number("limit", 1, EventQuery.MOST_EVENTS, EventQuery.MOST_EVENTS);
    }

    private static Members filter(Params params) {
        Optional<Json> json = params.single("filter")
                .map(text -> JsonReader.read("Query parameter filter", text));
        if (json.isPresent() && !(json.get() instanceof Json.Obj)) {
            throw Faults.parameter("filter", "must be a JSON object");
        }
        return Members.of(json.orElse(Json.Obj.EMPTY), "", "invalid-filter");
    }

    private static Filter text(Members filter, String name) {
        return filter.object()
                .get(name)
                .map(json -> Filters.text(json, MOST_DEPTH).withinLimits())
                .orElseGet(Filter.Any::new);
    }

    private static TimeFilter time(Members filter, String name) {
        return filter.object()
                .get(name)
                .map(json -> Filters.time(json, MOST_DEPTH))
                .orElseGet(TimeFilter.Any::new);
    }

    /** The page's last place, if the page is full, for the next one to begin behind. */
    static Optional<String> nextCursor(List<ListedEvent> page, int limit) {
        return page.size() < limit
                ? Optional.empty()
                : Optional.of(EventCursors.write(page.getLast().stored()));
    }
}
