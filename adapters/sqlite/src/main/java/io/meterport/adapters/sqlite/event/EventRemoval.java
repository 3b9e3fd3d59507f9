package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Deletes events of one series in one hour, as many as fit into a step. Their keys stay known, so
 * that none of them is ever counted again. Not thread-safe.
 */
final class EventRemoval {
    private static final int MOST_EVENTS = 2_000;
    private static final int MOST_ROWS = 64;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final String DELETE_ROW =
            "delete from event_hour where series = ? and hour = ? and first = ?";
    private static final String DELETE_EVENT = "delete from event where id = ?";
    private static final String DELETE_HOUR =
            "delete from series_hour where namespace = ? and hour = ? and series = ?";
    private static final String REMEMBER = "update upkeep set deleted = max(deleted, ?)";

    private final Session session;
    private final long end = System.nanoTime() + MOST_NANOS;
    private long deleted;
    private long last;

    EventRemoval(Session session) {
        this.session = session;
    }

    /** How many events were deleted. */
    long deleted() {
        return deleted;
    }

    /** Whether there is time for more in this step. */
    boolean hasTime() {
        return deleted < MOST_EVENTS && System.nanoTime() - end < 0;
    }

    /** Deletes events of that hour, and the hour with the last of them. */
    void delete(long namespace, long series, long hour) throws SQLException {
        EventRuns.settle(session, series);
        List<HourRow> rows = EventHours.rows(session, series, hour, MOST_ROWS);
        int done = 0;
        while (done < rows.size() && hasTime()) {
            delete(series, hour, rows.get(done));
            done++;
        }
        if (done == rows.size() && rows.size() < MOST_ROWS) {
            PreparedStatement statement = session.prepare(DELETE_HOUR);
            statement.setLong(1, namespace);
            statement.setLong(2, hour);
            statement.setLong(3, series);
            statement.executeUpdate();
        }
    }

    /** Sees to it that the numbers of the deleted are not given again; ends the step. */
    void finish() throws SQLException {
        PreparedStatement statement = session.prepare(REMEMBER);
        statement.setLong(1, last);
        statement.executeUpdate();
    }

    private void delete(long series, long hour, HourRow row) throws SQLException {
        PreparedStatement event = session.prepare(DELETE_EVENT);
        List<HourRow.Entry> entries = new ArrayList<>();
        row.addTo(entries);
        for (HourRow.Entry entry : entries) {
            event.setLong(1, entry.id());
            event.executeUpdate();
            deleted++;
            last = Math.max(last, entry.id());
        }
        PreparedStatement index = session.prepare(DELETE_ROW);
        index.setLong(1, series);
        index.setLong(2, hour);
        index.setLong(3, row.first());
        index.executeUpdate();
    }
}
