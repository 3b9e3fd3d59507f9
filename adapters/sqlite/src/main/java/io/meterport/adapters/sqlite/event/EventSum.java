package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.RowSum;

/**
 * The checksum of an event's row, in two steps: what the sender gave is summed up by the thread that
 * brings it, and only numbers are left to the one that writes. Not thread-safe.
 */
final class EventSum {
    private final RowSum sum = new RowSum();

    /** The sum of what the sender gave. */
    int content(long micros, String name, byte[] data) {
        return sum.of(micros).and(name).and(data).value();
    }

    /** The sum of the row. */
    RowSum row(long id, long series, long source, long ingested, long stored, int content) {
        return sum.of(id).and(series).and(source).and(ingested).and(stored).and(content);
    }
}
