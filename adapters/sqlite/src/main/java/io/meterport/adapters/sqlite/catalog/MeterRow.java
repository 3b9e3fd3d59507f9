package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.Namespace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** A meter as a row. */
final class MeterRow {
    static final String COLUMNS = """
            meter.id, meter.namespace, meter.slug, meter.name, meter.description, meter.event_type,
            meter.event_from, meter.aggregation, meter.value_property, meter.dimensions,
            meter.metadata, meter.created_at, meter.updated_at, meter.deleted_at
            """;

    private MeterRow() {}

    static Meter read(ResultSet row) throws SQLException {
        return new Meter(
                new MeterId(row.getString("id")),
                new Namespace(row.getString("namespace")),
                new MeterSlug(row.getString("slug")),
                row.getString("name"),
                text(row, "description"),
                new EventType(row.getString("event_type")),
                text(row, "event_from").map(Instant::parse),
                aggregation(row.getString("aggregation"), row.getString("value_property")),
                dimensions(row.getString("dimensions")),
                text(row, "metadata").map(MeterRow::texts),
                Instant.parse(row.getString("created_at")),
                Instant.parse(row.getString("updated_at")),
                text(row, "deleted_at").map(Instant::parse));
    }

    /** Binds every column by its name. */
    static <S extends SqlStatement<S>> S bind(S statement, Meter meter) {
        return statement
                .bind("id", meter.id().value())
                .bind("namespace", meter.namespace().name())
                .bind("slug", meter.slug().value())
                .bind("name", meter.name())
                .bind("description", meter.description().orElse(null))
                .bind("event_type", meter.eventType().value())
                .bind("event_from", meter.eventFrom().map(Instant::toString).orElse(null))
                .bind("aggregation", name(meter.aggregation()))
                .bind(
                        "value_property",
                        meter.aggregation().property().map(PropertyPath::text).orElse(null))
                .bind("dimensions", JsonPrinter.text(json(meter.dimensions())))
                .bind(
                        "metadata",
                        meter.metadata()
                                .map(MeterRow::json)
                                .map(JsonPrinter::text)
                                .orElse(null))
                .bind("created_at", meter.createdAt().toString())
                .bind("updated_at", meter.updatedAt().toString())
                .bind("deleted_at", meter.deletedAt().map(Instant::toString).orElse(null));
    }

    /** What contributions are grouped by: if it changes, events have to be counted again. */
    static String paths(Meter meter) {
        return JsonPrinter.text(new Json.Arr(meter.dimensions().stream()
                .<Json>map(dimension -> new Json.Text(dimension.path().text()))
                .toList()));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Aggregation aggregation(String name, String property) {
        return switch (name) {
            case "COUNT" -> new Aggregation.Count();
            case "SUM" -> new Aggregation.Sum(PropertyPath.of(property));
            case "AVG" -> new Aggregation.Avg(PropertyPath.of(property));
            case "MIN" -> new Aggregation.Min(PropertyPath.of(property));
            case "MAX" -> new Aggregation.Max(PropertyPath.of(property));
            case "LATEST" -> new Aggregation.Latest(PropertyPath.of(property));
            case "UNIQUE_COUNT" -> new Aggregation.UniqueCount(PropertyPath.of(property));
            default ->
                throw new IllegalStateException("a meter with an unknown aggregation is stored");
        };
    }

    private static String name(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _ -> "COUNT";
            case Aggregation.Sum _ -> "SUM";
            case Aggregation.Avg _ -> "AVG";
            case Aggregation.Min _ -> "MIN";
            case Aggregation.Max _ -> "MAX";
            case Aggregation.Latest _ -> "LATEST";
            case Aggregation.UniqueCount _ -> "UNIQUE_COUNT";
        };
    }

    private static List<Dimension> dimensions(String text) {
        List<Dimension> dimensions = new ArrayList<>();
        texts(text)
                .forEach((key, path) -> dimensions.add(
                        new Dimension(new DimensionKey(key), PropertyPath.of(path))));
        return dimensions;
    }

    private static Json json(List<Dimension> dimensions) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Dimension dimension : dimensions) {
            members.put(dimension.key().value(), new Json.Text(dimension.path().text()));
        }
        return new Json.Obj(members);
    }

    private static Json json(Map<String, String> notes) {
        Map<String, Json> members = new LinkedHashMap<>();
        notes.forEach((name, note) -> members.put(name, new Json.Text(note)));
        return new Json.Obj(members);
    }

    private static Map<String, String> texts(String text) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (JsonReader.read("A stored object", text)
                instanceof Json.Obj(Map<String, Json> members)) {
            members.forEach((name, value) -> texts.put(name, ((Json.Text) value).value()));
        }
        return texts;
    }
}
