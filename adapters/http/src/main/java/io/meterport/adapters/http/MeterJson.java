package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.meter.FoundMeter;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.Meter;
import java.util.Map;
import java.util.Optional;

/** Builds the JSON of meters. */
final class MeterJson {
    private MeterJson() {}

    static void write(FoundMeter found, JsonWriter json) {
        Meter meter = found.meter();
        json.beginObject();
        json.name("id").value(meter.id().value());
        json.name("slug").value(meter.slug().value());
        json.name("name").value(meter.name());
        meter.description().ifPresent(text -> json.name("description").value(text));
        json.name("aggregation").value(aggregation(meter.aggregation()));
        json.name("eventType").value(meter.eventType().value());
        meter.eventFrom().ifPresent(from -> json.name("eventFrom").value(Rfc3339.utc(from)));
        meter.aggregation()
                .property()
                .ifPresent(path -> json.name("valueProperty").value(path.text()));
        writeDimensions(meter, json);
        writeMetadata(meter.metadata(), json);
        json.name("annotations").nothing();
        json.name("createdAt").value(Rfc3339.utc(meter.createdAt()));
        json.name("updatedAt").value(Rfc3339.utc(meter.updatedAt()));
        meter.deletedAt().ifPresent(at -> json.name("deletedAt").value(Rfc3339.utc(at)));
        found.dataFrom().ifPresent(from -> json.name("dataFrom").value(Rfc3339.utc(from)));
        found.building().ifPresent(progress -> {
            json.name("building").beginObject();
            json.name("done").value(progress.done());
            json.name("total").value(progress.total());
            json.endObject();
        });
        json.endObject();
    }

    private static void writeDimensions(Meter meter, JsonWriter json) {
        if (meter.dimensions().isEmpty()) {
            return;
        }
        json.name("groupBy").beginObject();
        for (Dimension dimension : meter.dimensions()) {
            json.name(dimension.key().value()).value(dimension.path().text());
        }
        json.endObject();
    }

    private static void writeMetadata(Optional<Map<String, String>> metadata, JsonWriter json) {
        json.name("metadata");
        if (metadata.isEmpty()) {
            json.nothing();
            return;
        }
        json.beginObject();
        metadata.get().forEach((name, value) -> json.name(name).value(value));
        json.endObject();
    }

    /** How an aggregation is written. */
    static String aggregation(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Sum _ -> "SUM";
            case Aggregation.Count _ -> "COUNT";
            case Aggregation.UniqueCount _ -> "UNIQUE_COUNT";
            case Aggregation.Avg _ -> "AVG";
            case Aggregation.Min _ -> "MIN";
            case Aggregation.Max _ -> "MAX";
            case Aggregation.Latest _ -> "LATEST";
        };
    }
}
