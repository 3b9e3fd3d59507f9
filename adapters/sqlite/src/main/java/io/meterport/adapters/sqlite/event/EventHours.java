package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Damage;
import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.Level;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the events of a series lie in time. Each transaction adds a row to an hour, behind those that
 * are there: an index by the exact time would touch another page of the file for almost every event,
 * and more of them the more events there are.
 */
final class EventHours {
    /** Takes the hours one by one; false ends the reading. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(HourEntries entries) throws SQLException;
    }

    /** A longer row would spill over to a page of its own in the file. */
    private static final int MOST_ENTRIES = 100;

    private static final String PUT = """
            insert into event_hour (series, hour, first, entries, sum) values (?, ?, ?, ?, ?)""";

    private static final String FROM_HOURS = """
            select hour, first, entries, sum from event_hour
            where series = ? and hour between ? and ?
            """;

    static final String RISING = FROM_HOURS + "order by hour, first";

    static final String FALLING = FROM_HOURS + "order by hour desc, first";

    private static final String ALL = "select hour, first, entries, sum, series from event_hour";

    private EventHours() {}

    /** Adds events, sorted by series and time. */
    static void add(Session session, List<NewEvent> sorted) throws SQLException {
        int start = 0;
        while (start < sorted.size()) {
            int end = start + 1;
            while (end < sorted.size()
                    && end - start < MOST_ENTRIES
                    && haveOneHour(sorted.get(start), sorted.get(end))) {
                end++;
            }
            put(session, sorted.subList(start, end));
            start = end;
        }
    }

    /** Shows the events at {@code [from, to)}, those of an hour together, the earliest first. */
    static void rising(Session session, long series, long from, long to, Visitor visitor)
            throws SQLException {
        show(session, session.prepare(RISING), series, new long[] {from, to}, visitor);
    }

    /** Shows them by hours, the latest first; in each the earliest event is first. */
    static void falling(Session session, long series, long from, long to, Visitor visitor)
            throws SQLException {
        show(session, session.prepare(FALLING), series, new long[] {from, to}, visitor);
    }

    /** A row: the events that one transaction added to an hour. */
    record Row(long first, List<Long> ids) {}

    /** Rows of that hour of the series, at most so many. */
    static List<Row> rows(Session session, long series, long hour, int most) throws SQLException {
        PreparedStatement statement = session.prepare(RISING + " limit ?");
        statement.setLong(1, series);
        statement.setLong(2, hour);
        statement.setLong(3, hour);
        statement.setInt(4, most);
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ByteBuffer entries = ByteBuffer.wrap(sound(series, row));
                List<Long> ids = new ArrayList<>();
                while (entries.hasRemaining()) {
                    entries.getInt(); // When it was, in the hour.
                    ids.add(row.getLong(2) + entries.getInt());
                }
                rows.add(new Row(row.getLong(2), ids));
            }
        }
        return rows;
    }

    /**
     * Reads all rows.
     *
     * @throws SQLException if one is not as it was written
     */
    static void check(Session session) throws SQLException {
        PreparedStatement statement = session.prepare(ALL);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                session.requireTime();
                sound(row.getLong(5), row);
            }
        }
    }

    private static boolean haveOneHour(NewEvent one, NewEvent other) {
        return one.series() == other.series()
                && Level.HOURS.bucket(one.micros()) == Level.HOURS.bucket(other.micros());
    }

    private static void put(Session session, List<NewEvent> events) throws SQLException {
        long series = events.getFirst().series();
        long hour = Level.HOURS.bucket(events.getFirst().micros());
        long first = events.stream().mapToLong(NewEvent::id).min().orElseThrow();
        ByteBuffer entries = ByteBuffer.allocate(events.size() * HourEntries.BYTES);
        for (NewEvent event : events) {
            entries.putInt((int) (event.micros() - Level.HOURS.start(hour)));
            entries.putInt((int) (event.id() - first));
        }
        PreparedStatement statement = session.prepare(PUT);
        statement.setLong(1, series);
        statement.setLong(2, hour);
        statement.setLong(3, first);
        statement.setBytes(4, entries.array());
        statement.setInt(5, sum(series, hour, first, entries.array()).value());
        statement.executeUpdate();
    }

    private static void show(
            Session session,
            PreparedStatement statement,
            long series,
            long[] times,
            Visitor visitor)
            throws SQLException {
        if (times[0] >= times[1]) {
            return;
        }
        statement.setLong(1, series);
        statement.setLong(2, Level.HOURS.bucket(times[0]));
        statement.setLong(3, Level.HOURS.bucket(times[1] - 1));
        try (ResultSet row = statement.executeQuery()) {
            boolean more = row.next();
            while (more) {
                session.requireTime();
                long hour = row.getLong(1);
                HourEntries entries = new HourEntries(hour, row.getLong(2));
                boolean another = true;
                while (another && row.getLong(1) == hour) {
                    entries.add(row.getLong(2), sound(series, row), times[0], times[1]);
                    another = row.next();
                }
                entries.sort();
                more = visitor.visit(entries) && another;
            }
        }
    }

    private static byte[] sound(long series, ResultSet row) throws SQLException {
        byte[] entries = row.getBytes(3);
        if (entries == null || entries.length % HourEntries.BYTES != 0) {
            throw Damage.found("a row of the table event_hour");
        }
        sum(series, row.getLong(1), row.getLong(2), entries).require(row.getLong(4), "event_hour");
        return entries;
    }

    private static RowSum sum(long series, long hour, long first, byte[] entries) {
        return new RowSum().of(series).and(hour).and(first).and(entries);
    }
}
