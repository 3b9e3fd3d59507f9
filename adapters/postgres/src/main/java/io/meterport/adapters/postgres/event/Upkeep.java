package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.domain.usage.Horizon;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/**
 * Where events begin, and how often series have been taken away.
 *
 * @param epoch what is remembered of series holds only while this stays the same
 */
public record Upkeep(Horizon horizon, long epoch) {
    /** Someone who reads events reads the state of a time before some were dropped: once more. */
    private static final String CONFLICT = "40001";

    private static final String READ = "select horizon, epoch from upkeep";
    private static final String STILL = """
            select upkeep.horizon >= event_dropped.last_value from upkeep, event_dropped""";

    /** As the transaction sees it. */
    public static Upkeep read(Handle handle) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(READ);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Upkeep(new Horizon(Micros.instant(row.getLong(1))), row.getLong(2));
        }
    }

    /**
     * Makes sure that all events are there that the transaction can see, and stay there until it ends:
     * dropped partitions are gone for everybody.
     */
    public static void keepEvents(Handle handle) throws SQLException {
        Connection connection = handle.getConnection();
        handle.execute("lock table event in access share mode");
        try (PreparedStatement statement = connection.prepareStatement(STILL);
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new SQLException("events have been dropped meanwhile", CONFLICT);
            }
        }
    }
}
