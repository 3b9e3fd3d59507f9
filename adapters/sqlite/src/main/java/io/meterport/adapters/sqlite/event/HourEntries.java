package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.rollup.Level;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;

/** The events of a series in one hour, by time, and those of one time by number. Not thread-safe. */
final class HourEntries {
    /** In a row: microseconds since the hour began, and the number since that of the first event. */
    static final int BYTES = 2 * Integer.BYTES;

    private static final long UNSIGNED = 0xffff_ffffL;
    /** An hour has less than 2 to the power of 32 microseconds, so that both fit into 63 bits. */
    private static final int ID_BITS = 31;

    private static final long MOST_IDS = 1L << ID_BITS;

    private final long start;
    /** Every number in these entries is at least this. */
    private final long leastId;
    /** The time in the upper half, the number in the lower 31 bits. */
    private long[] entries = new long[16];

    private int size;

    HourEntries(long hour, long leastId) {
        this.start = Level.HOURS.start(hour);
        this.leastId = leastId;
    }

    int size() {
        return size;
    }

    long time(int at) {
        return start + (entries[at] >>> ID_BITS);
    }

    long id(int at) {
        return leastId + (entries[at] & (MOST_IDS - 1));
    }

    /** Takes those of a row that lie at {@code [from, to)}. */
    void add(HourRow row, long from, long to) throws SQLException {
        ByteBuffer bytes = ByteBuffer.wrap(row.entries());
        while (bytes.hasRemaining()) {
            long offset = bytes.getInt() & UNSIGNED;
            long id = row.first() - leastId + (bytes.getInt() & UNSIGNED);
            if (id < 0 || id >= MOST_IDS) {
                throw HourRow.damage();
            }
            if (start + offset >= from && start + offset < to) {
                if (size == entries.length) {
                    entries = Arrays.copyOf(entries, 2 * size);
                }
                entries[size++] = offset << ID_BITS | id;
            }
        }
    }

    void sort() {
        Arrays.sort(entries, 0, size);
    }
}
