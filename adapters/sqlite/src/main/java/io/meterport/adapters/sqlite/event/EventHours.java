package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the events of a series lie in time. An hour has rows of many events each: an index by the
 * exact time would touch another page of the file for almost every event, and more of them the more
 * events there are. The latest rows are still in {@link EventRuns}.
 */
final class EventHours {
    /** Takes the hours one by one; false ends the reading. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(HourEntries entries) throws SQLException;
    }

    private static final String PUT = """
            insert into event_hour (series, hour, first, entries, sum) values (?, ?, ?, ?, ?)""";

    private static final String FROM_HOURS = """
            select hour, first, entries, sum from event_hour
            where series = ?1 and hour between ?2 and ?3
            union all
            select late.hour, late.first, late.entries, late.sum from event_run
            cross join event_run_hour as late on late.run = event_run.id
                and late.series = ?1 and late.hour between ?2 and ?3
            """;

    static final String RISING = FROM_HOURS + "order by hour, first";

    static final String FALLING = FROM_HOURS + "order by hour desc, first";

    static final String SOME = """
            select hour, first, entries, sum from event_hour
            where series = ? and hour = ? order by first limit ?""";

    private static final String ALL = """
            select hour, first, entries, sum, series from event_hour
            union all select hour, first, entries, sum, series from event_run_hour""";

    private EventHours() {}

    /** Adds events of one hour, as few rows as they fit into. */
    static void add(Session session, long series, long hour, List<HourRow.Entry> events)
            throws SQLException {
        PreparedStatement statement = session.prepare(PUT);
        for (int from = 0; from < events.size(); from += HourRow.MOST_ENTRIES) {
            int to = Math.min(from + HourRow.MOST_ENTRIES, events.size());
            HourRow.of(series, hour, events.subList(from, to)).bind(statement, 1);
            statement.executeUpdate();
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

    /** Rows of that hour of the series, at most so many, without those that are in runs. */
    static List<HourRow> rows(Session session, long series, long hour, int most)
            throws SQLException {
        PreparedStatement statement = session.prepare(SOME);
        statement.setLong(1, series);
        statement.setLong(2, hour);
        statement.setInt(3, most);
        List<HourRow> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(HourRow.read(series, row));
            }
        }
        return rows;
    }

    /**
     * Reads all rows, in runs or not.
     *
     * @throws SQLException if one is not as it was written
     */
    static void check(Session session) throws SQLException {
        PreparedStatement statement = session.prepare(ALL);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                session.requireTime();
                HourRow.read(row.getLong(5), row);
            }
        }
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
                    entries.add(HourRow.read(series, row), times[0], times[1]);
                    another = row.next();
                }
                entries.sort();
                more = visitor.visit(entries) && another;
            }
        }
    }
}
