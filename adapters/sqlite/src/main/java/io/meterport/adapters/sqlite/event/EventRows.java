package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.json.JsonReader;
import io.meterport.adapters.sqlite.file.Damage;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.json.Json;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Stored events of one series. */
public final class EventRows {
    /** Takes events one by one; false ends the reading. */
    @FunctionalInterface
    public interface Visitor {
        boolean visit(StoredEvent event);
    }

    private static final String FROM_TIMES = """
            select event.id, event.time, source.text, event.name, event.data, event.ingested,
                event.stored, event.series, event.source, event.sum, event_time.time
            from event_time
            cross join event on event.id = event_time.event
            cross join source on source.id = event.source
            where event_time.series = ? and event_time.time >= ? and event_time.time < ?
            """;

    static final String RISING = FROM_TIMES + "order by event_time.time, event_time.event";

    static final String FALLING =
            FROM_TIMES + "order by event_time.time desc, event_time.event desc";

    static final String COUNT = """
            select count(*) from (
                select 1 from event_time where series = ? and time >= ? and time < ? limit ?)""";

    private EventRows() {}

    /** Shows the events at {@code [from, to)}, by time. */
    public static void rising(
            Session session, StoredSeries series, long from, long to, Visitor visitor)
            throws SQLException {
        show(session, session.prepare(RISING), series, new long[] {from, to}, visitor);
    }

    /** Shows the events at {@code [from, to)}, the latest first, and of one time the last first. */
    static void falling(Session session, StoredSeries series, long from, long to, Visitor visitor)
            throws SQLException {
        show(session, session.prepare(FALLING), series, new long[] {from, to}, visitor);
    }

    /** How many events there are at {@code [from, to)}; counts no further than {@code most}. */
    public static int count(Session session, StoredSeries series, long from, long to, int most)
            throws SQLException {
        PreparedStatement statement = session.prepare(COUNT);
        statement.setLong(1, series.id());
        statement.setLong(2, from);
        statement.setLong(3, to);
        statement.setInt(4, most);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * The event of a row: id, time, source, name, data, when it was received and stored, the numbers
     * of its series and its source, and the checksum.
     */
    static StoredEvent read(ResultSet row, StoredSeries series) throws SQLException {
        byte[] data = row.getBytes(5);
        requireSound(row, data);
        Optional<Json.Obj> object =
                data.length == 0 ? Optional.empty() : Optional.of((Json.Obj) JsonReader.read(data));
        Event event = new Event(
                new EventKey(row.getString(3), row.getString(4)),
                series.type(),
                series.subject(),
                Micros.instant(row.getLong(2)),
                object);
        return new StoredEvent(
                row.getLong(1),
                event,
                Micros.instant(row.getLong(6)),
                Micros.instant(row.getLong(7)));
    }

    private static void requireSound(ResultSet row, byte[] data) throws SQLException {
        String name = row.getString(4);
        if (name == null || data == null) { // A changed head of a row can turn both into nothing.
            throw Damage.found("a row of the table event");
        }
        EventSum sum = new EventSum();
        int content = sum.content(row.getLong(2), name, data);
        sum.row(
                        row.getLong(1),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(6),
                        row.getLong(7),
                        content)
                .require(row.getLong(10), "event");
    }

    private static void show(
            Session session,
            PreparedStatement statement,
            StoredSeries series,
            long[] times,
            Visitor visitor)
            throws SQLException {
        statement.setLong(1, series.id());
        statement.setLong(2, times[0]);
        statement.setLong(3, times[1]);
        try (ResultSet row = statement.executeQuery()) {
            boolean more = true;
            while (more && row.next()) {
                session.requireTime();
                if (row.getLong(8) != series.id() || row.getLong(11) != row.getLong(2)) {
                    throw Damage.found("a row of the table event_time");
                }
                more = visitor.visit(read(row, series));
            }
        }
    }
}
