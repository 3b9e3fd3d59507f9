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
import java.util.concurrent.atomic.AtomicInteger;

/** Stored events of one series. */
public final class EventRows {
    /** Takes events one by one; false ends the reading. */
    @FunctionalInterface
    public interface Visitor {
        boolean visit(StoredEvent event) throws SQLException;
    }

    /** The ids are an array in JSON. */
    static final String BY_IDS = """
            select event.id, event.time, source.text, event.name, event.data, event.ingested,
                event.stored, event.series, event.source, event.sum
            from json_each(?) wanted
            cross join event on event.id = wanted.value
            cross join source on source.id = event.source""";

    private static final int FEWEST_TOGETHER = 16;
    private static final int MOST_TOGETHER = 512;

    private static final String SINCE = """
            select event.id, event.time, source.text, event.name, event.data, event.ingested,
                event.stored, event.series, event.source, event.sum, series.namespace
            from event join series on series.id = event.series
            join source on source.id = event.source
            where event.time >= ?""";

    private static final String ALL = """
            select id, time, '', name, data, ingested, stored, series, source, sum from event""";

    private EventRows() {}

    /** Shows the events at {@code [from, to)}, by time. */
    public static void rising(
            Session session, StoredSeries series, long from, long to, Visitor visitor)
            throws SQLException {
        EventHours.rising(
                session, series.id(), from, to, hour -> show(session, series, hour, 1, visitor));
    }

    /** Shows the events at {@code [from, to)}, the latest first, and of one time the last first. */
    static void falling(Session session, StoredSeries series, long from, long to, Visitor visitor)
            throws SQLException {
        EventHours.falling(
                session, series.id(), from, to, hour -> show(session, series, hour, -1, visitor));
    }

    /** How many events there are at {@code [from, to)}; counts no further than {@code most}. */
    public static int count(Session session, StoredSeries series, long from, long to, int most)
            throws SQLException {
        AtomicInteger count = new AtomicInteger();
        EventHours.rising(
                session, series.id(), from, to, hour -> count.addAndGet(hour.size()) < most);
        return Math.min(count.get(), most);
    }

    /**
     * Reads all events.
     *
     * @throws SQLException if one is not as it was written
     */
    public static void check(Session session) throws SQLException {
        EventHours.check(session);
        PreparedStatement statement = session.prepare(ALL);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                session.requireTime();
                requireSound(row, row.getBytes(5));
            }
        }
    }

    /** Takes events as they are stored. */
    @FunctionalInterface
    public interface RowVisitor {
        /** The number of a series tells its type and subject; no bytes of data are no data. */
        void visit(
                long id,
                long series,
                long namespace,
                long time,
                String source,
                String name,
                long ingested,
                long stored,
                byte[] data)
                throws SQLException;
    }

    /**
     * Shows all events since that moment, in any order.
     *
     * @throws SQLException if one is not as it was written
     */
    public static void since(Session session, long from, RowVisitor visitor) throws SQLException {
        PreparedStatement statement = session.prepare(SINCE);
        statement.setLong(1, from);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                session.requireTime();
                byte[] data = row.getBytes(5);
                requireSound(row, data);
                visitor.visit(
                        row.getLong(1),
                        row.getLong(8),
                        row.getLong(11),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(6),
                        row.getLong(7),
                        data);
            }
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

    /** Reads a few first, since whoever wants a few does not want an hour. */
    private static boolean show(
            Session session, StoredSeries series, HourEntries hour, int step, Visitor visitor)
            throws SQLException {
        int together = FEWEST_TOGETHER;
        for (int shown = 0; shown < hour.size(); ) {
            int next = Math.min(together, hour.size() - shown);
            int start = step > 0 ? shown : hour.size() - 1 - shown;
            if (!show(session, series, hour, new int[] {start, step, next}, visitor)) {
                return false;
            }
            shown += next;
            together = Math.min(2 * together, MOST_TOGETHER);
        }
        return true;
    }

    private static boolean show(
            Session session, StoredSeries series, HourEntries hour, int[] part, Visitor visitor)
            throws SQLException {
        int at = part[0];
        PreparedStatement statement = session.prepare(BY_IDS);
        statement.setString(1, ids(hour, part));
        try (ResultSet row = statement.executeQuery()) {
            for (int i = 0; i < part[2]; i++, at += part[1]) {
                session.requireTime();
                if (!row.next()
                        || row.getLong(1) != hour.id(at)
                        || row.getLong(2) != hour.time(at)
                        || row.getLong(8) != series.id()) {
                    throw Damage.found("a row of the table event, or of event_hour");
                }
                if (!visitor.visit(read(row, series))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String ids(HourEntries hour, int[] part) {
        StringBuilder ids = new StringBuilder("[");
        int at = part[0];
        for (int i = 0; i < part[2]; i++, at += part[1]) {
            ids.append(i == 0 ? "" : ",").append(hour.id(at));
        }
        return ids.append(']').toString();
    }
}
