package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.json.stored.MeterText;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A build as a row.
 *
 * @param number of the build
 * @param paths what its contributions are grouped by
 * @param position the event up to which it has counted
 * @param last the event up to which it has to count
 * @param dataFrom when the first event can have been that it counts, in microseconds
 */
public record BuildRow(long number, String paths, long position, long last, long dataFrom) {
    private static final String CURRENT = """
            select number, paths, position, last, data_from from build
            where meter = ? and current = 1""";

    /** The build that counts for that meter now; empty if the meter is not live. */
    public static Optional<BuildRow> current(Session session, MeterId meter) throws SQLException {
        PreparedStatement statement = session.prepare(CURRENT);
        statement.setString(1, meter.value());
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new BuildRow(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5)))
                    : Optional.empty();
        }
    }

    /** Whether its pages say everything about that meter, as it is defined here. */
    public boolean isCompleteFor(Meter meter) {
        return isFinished() && isFor(meter);
    }

    /** Whether all old events have been counted. */
    public boolean isFinished() {
        return position >= last;
    }

    /** Whether it groups by the dimensions of that definition, and not by earlier or later ones. */
    public boolean isFor(Meter meter) {
        return paths.equals(MeterText.paths(meter));
    }

    /** The events stored so far are left to the build, if there are any of the meter's type. */
    public static void begin(Handle handle, Meter meter) {
        handle.createUpdate("""
                        insert into build (meter, paths, position, last, current, data_from)
                        select :meter, :paths, 0,
                            case when exists (
                                select 1 from series join namespace on namespace.id = series.namespace
                                where namespace.name = :namespace and series.type = :type)
                            then (select coalesce(max(id), 0) from event) else 0 end,
                            1, (select horizon from upkeep)""")
                .bind("meter", meter.id().value())
                .bind("paths", MeterText.paths(meter))
                .bind("namespace", meter.namespace().name())
                .bind("type", meter.eventType().value())
                .execute();
    }

    /** The current build counts no more, and is swept away. */
    public static void replace(Handle handle, MeterId meter) {
        handle.createUpdate("update build set current = 0 where meter = :meter and current = 1")
                .bind("meter", meter.value())
                .execute();
    }
}
