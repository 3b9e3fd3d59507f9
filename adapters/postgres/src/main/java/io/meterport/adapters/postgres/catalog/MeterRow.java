package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.json.stored.MeterText;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.Namespace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** A meter as a row. */
public final class MeterRow {
    /** What {@link #read} needs of the table meter; ends with white space. */
    public static final String COLUMNS = """
            meter.id, meter.namespace, meter.slug, meter.name, meter.description, meter.event_type,
            meter.event_from, meter.aggregation, meter.value_property, meter.dimensions,
            meter.metadata, meter.created_at, meter.updated_at, meter.deleted_at
            """;

    private MeterRow() {}

    /** The meter of a row of {@link #COLUMNS}. */
    public static Meter read(ResultSet row) throws SQLException {
        return new Meter(
                new MeterId(row.getString("id")),
                new Namespace(row.getString("namespace")),
                new MeterSlug(row.getString("slug")),
                row.getString("name"),
                text(row, "description"),
                new EventType(row.getString("event_type")),
                text(row, "event_from").map(Instant::parse),
                MeterText.aggregation(
                        row.getString("aggregation"), row.getString("value_property")),
                MeterText.dimensions(row.getString("dimensions")),
                text(row, "metadata").map(MeterText::texts),
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
                .bind("aggregation", MeterText.name(meter.aggregation()))
                .bind(
                        "value_property",
                        meter.aggregation().property().map(PropertyPath::text).orElse(null))
                .bind("dimensions", MeterText.of(meter.dimensions()))
                .bind("metadata", meter.metadata().map(MeterText::of).orElse(null))
                .bind("created_at", meter.createdAt().toString())
                .bind("updated_at", meter.updatedAt().toString())
                .bind("deleted_at", meter.deletedAt().map(Instant::toString).orElse(null));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
