package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Chore;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Deletes the events before the horizon, the oldest hour first. */
public final class OldEvents implements Chore {
    static final String NEXT = """
            select series_hour.namespace, series_hour.hour, series_hour.series from namespace
            join series_hour on series_hour.namespace = namespace.id
                and series_hour.hour = (
                    select min(hour) from series_hour as first
                    where first.namespace = namespace.id and first.hour < ?)
            limit 1""";

    private record Next(long namespace, long hour, long series) {}

    private final StoredHorizon horizon;

    public OldEvents(StoredHorizon horizon) {
        this.horizon = horizon;
    }

    @Override
    public boolean step(Session session) throws SQLException {
        EventRemoval removal = new EventRemoval(session);
        Optional<Next> next = next(session);
        if (next.isEmpty()) {
            return false;
        }
        while (next.isPresent() && removal.hasTime()) {
            removal.delete(
                    next.get().namespace(), next.get().series(), next.get().hour());
            next = next(session);
        }
        removal.finish();
        return next.isPresent();
    }

    private Optional<Next> next(Session session) throws SQLException {
        PreparedStatement statement = session.prepare(NEXT);
        statement.setLong(1, Level.HOURS.bucket(Micros.of(horizon.get().moment())));
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Next(row.getLong(1), row.getLong(2), row.getLong(3)))
                    : Optional.empty();
        }
    }
}
