package io.meterport.adapters.postgres.event;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
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
            where meter = ? and current""";

    /** The build that counts for that meter now; empty if the meter is not live. */
    public static Optional<BuildRow> current(Handle handle, MeterId meter) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(CURRENT)) {
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
    }

    /** Whether its rows say everything about that meter, as it is defined here. */
    public boolean isCompleteFor(Meter meter) {
        return isFinished() && isFor(meter);
    }

    /** Whether it counts for that meter as it is defined here. */
    public boolean isFor(Meter meter) {
        return paths.equals(paths(meter));
    }

    /** Whether all old events have been counted. */
    public boolean isFinished() {
        return position >= last;
    }

    /** What contributions to that meter are grouped by. */
    static String paths(Meter meter) {
        return JsonPrinter.text(new Json.Arr(meter.dimensions().stream()
                .<Json>map(dimension -> new Json.Text(dimension.path().text()))
                .toList()));
    }
}
