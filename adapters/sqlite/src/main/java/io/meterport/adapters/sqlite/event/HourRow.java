package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Damage;
import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.rollup.Level;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Some events of a series in one hour, as {@code event_hour} and {@code event_run_hour} hold them.
 *
 * @param first every number in the entries counts from this one, and the row is stored under it
 */
record HourRow(long series, long hour, long first, byte[] entries) {
    /** A longer row would spill over to a page of its own in the file. */
    static final int MOST_ENTRIES = 100;

    /** One event of a row. */
    record Entry(long micros, long id) {}

    /** The row of these events of one hour, none empty. */
    static HourRow of(long series, long hour, List<Entry> events) {
        long first = events.stream().mapToLong(Entry::id).min().orElseThrow();
        ByteBuffer entries = ByteBuffer.allocate(events.size() * HourEntries.BYTES);
        for (Entry event : events) {
            entries.putInt((int) (event.micros() - Level.HOURS.start(hour)));
            entries.putInt((int) (event.id() - first));
        }
        return new HourRow(series, hour, first, entries.array());
    }

    /**
     * Reads hour, first, entries and sum.
     *
     * @throws SQLException if they are not as they were written
     */
    static HourRow read(long series, ResultSet row) throws SQLException {
        byte[] entries = row.getBytes(3);
        if (entries == null || entries.length % HourEntries.BYTES != 0) {
            throw damage();
        }
        HourRow read = new HourRow(series, row.getLong(1), row.getLong(2), entries);
        read.sum().require(row.getLong(4), "event_hour");
        return read;
    }

    /** What is thrown where one of them is not as it was written. */
    static SQLException damage() {
        return Damage.found("a row of the table event_hour");
    }

    /** Binds series, hour, first, entries and sum, from that place on. */
    void bind(PreparedStatement statement, int at) throws SQLException {
        statement.setLong(at, series);
        statement.setLong(at + 1, hour);
        statement.setLong(at + 2, first);
        statement.setBytes(at + 3, entries);
        statement.setInt(at + 4, sum().value());
    }

    /** Adds its events to the list. */
    void addTo(List<Entry> events) {
        ByteBuffer bytes = ByteBuffer.wrap(entries);
        while (bytes.hasRemaining()) {
            long micros = Level.HOURS.start(hour) + Integer.toUnsignedLong(bytes.getInt());
            events.add(new Entry(micros, first + Integer.toUnsignedLong(bytes.getInt())));
        }
    }

    private RowSum sum() {
        return new RowSum().of(series).and(hour).and(first).and(entries);
    }
}
