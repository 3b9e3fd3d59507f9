package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.Path;
import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.portal.ListPortalEvents;
import io.meterport.application.portal.PortalEvent;
import io.meterport.application.spi.EventCursor;
import io.meterport.application.spi.EventQuery;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.portal.PortalToken;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The events behind a bar, for holders of tokens that may see them. */
final class PortalEventRoutes {
    private final ListPortalEvents events;
    private final PortalDoor door;
    private final Gate queries;

    PortalEventRoutes(ListPortalEvents events, PortalDoor door, Gate queries) {
        this.events = events;
        this.door = door;
        this.queries = queries;
    }

    List<Path> paths() {
        return List.of(Path.ofPortal("/api/v1/portal/events").get(this::list));
    }

    private Answer list(Exchange exchange) {
        PortalToken token = door.enter(exchange);
        Params params = new Params(exchange.query());
        String slug =
                params.single("meter").orElseThrow(() -> Faults.parameter("meter", "is required"));
        int limit = params.number("limit", 1, EventQuery.MOST_EVENTS, EventQuery.MOST_EVENTS);
        Optional<EventCursor> after = params.single("cursor").map(EventCursors::read);
        UsageParams asked = UsageParams.ofPortal(exchange.query());
        ListPortalEvents.Part part =
                queries.pass(() -> events.list(token, slug, asked.request(), after, limit));
        return Answers.one(part, PortalEventRoutes::write);
    }

    private static void write(ListPortalEvents.Part part, JsonWriter json) {
        json.beginObject().name("items").beginArray();
        part.events().forEach(event -> write(event, json));
        json.endArray();
        part.next().ifPresent(next -> json.name("nextCursor").value(EventCursors.write(next)));
        json.endObject();
    }

    private static void write(PortalEvent event, JsonWriter json) {
        json.beginObject();
        json.name("id").value(event.id());
        json.name("time").value(Rfc3339.utc(event.time()));
        switch (event.value()) {
            case Contribution.Value.Number(BigDecimal number) ->
                json.name("value").value(number);
            case Contribution.Value.Text(String text) -> json.name("value").value(text);
            case Contribution.Value.None _ -> json.name("value").nothing();
        }
        json.name("groupBy").beginObject();
        event.group().forEach((key, value) -> json.name(key.value()).value(value));
        json.endObject().endObject();
    }
}
