package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.ingest.ListedEvent;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.StoredEvent;

/** Builds the JSON of events in lists. */
final class EventJson {
    private EventJson() {}

    static void write(ListedEvent listed, JsonWriter json) {
        StoredEvent stored = listed.stored();
        json.beginObject().name("event");
        write(stored.event(), json);
        if (!listed.faults().isEmpty()) {
            json.name("validationError").value(String.join("\n", listed.faults()));
        }
        json.name("ingestedAt").value(Rfc3339.utc(stored.ingestedAt()));
        json.name("storedAt").value(Rfc3339.utc(stored.storedAt()));
        json.endObject();
    }

    private static void write(Event event, JsonWriter json) {
        json.beginObject();
        json.name("specversion").value("1.0");
        json.name("id").value(event.key().id());
        json.name("source").value(event.key().source());
        json.name("type").value(event.type().value());
        json.name("subject").value(event.subject().value());
        json.name("time").value(Rfc3339.utc(event.time()));
        event.data().ifPresent(data -> {
            json.name("datacontenttype").value("application/json");
            json.name("data").value(data);
        });
        json.endObject();
    }
}
