package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.Path;
import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.application.ingest.IngestEvents;
import io.meterport.application.ingest.ListEvents;
import io.meterport.application.ingest.ListedEvent;
import io.meterport.application.ingest.RecentEvents;
import io.meterport.application.spi.EventQuery;
import io.meterport.domain.event.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Events in, and lists of what came in. */
final class EventRoutes {
    private final IngestEvents ingest;
    private final ListEvents list;
    private final InstantSource time;
    private final Gate ingests;
    private final Gate queries;

    EventRoutes(UseCases.Events events, InstantSource time, Gate ingests, Gate queries) {
        this.ingest = events.ingest();
        this.list = events.list();
        this.time = time;
        this.ingests = ingests;
        this.queries = queries;
    }

    List<Path> paths(Keys keys) {
        return List.of(
                Path.of("/api/v1/events")
                        .get(keys.with(Scope.QUERY, this::recent))
                        .post(keys.with(Scope.INGEST, this::accept)),
                Path.of("/api/v2/events").get(keys.with(Scope.QUERY, this::filtered)));
    }

    private Answer accept(Exchange exchange, ApiKey key) {
        Instant receivedAt = time.instant().truncatedTo(ChronoUnit.MICROS);
        List<Event> events = EventBatches.read(exchange, receivedAt);
        return ingests.pass(() -> {
            ingest.accept(key.namespace(), events, receivedAt);
            return Answer.noContent();
        });
    }

    private Answer recent(Exchange exchange, ApiKey key) {
        RecentEvents recent = EventParams.recent(exchange.query());
        return Answers.array(
                queries.pass(() -> list.recent(key.namespace(), recent, time.instant())),
                EventJson::write);
    }

    private Answer filtered(Exchange exchange, ApiKey key) {
        EventQuery query = EventParams.filtered(exchange.query(), key.namespace());
        List<ListedEvent> page = queries.pass(() -> list.matching(query));
        JsonWriter json = JsonWriter.webSafe().beginObject().name("items").beginArray();
        page.forEach(listed -> EventJson.write(listed, json));
        json.endArray();
        EventParams.nextCursor(page, query.limit())
                .ifPresent(cursor -> json.name("nextCursor").value(cursor));
        return Answers.json(json.endObject().newLine().toBytes());
    }
}
