package io.meterport.adapters.sqlite.rollup;

/**
 * Cells as bytes. First a byte of flags; then the number of events, that of values if it is another,
 * the first and last minute within an hour, the moment of the latest number within the hour or
 * minute, and the number, each only where it is not plain. Not thread-safe.
 */
final class CellCodec {
    private static final int OTHER_VALUES = 1;
    private static final int MOMENT = 2;
    private static final int NUMBER = 4;

    private final Level level;
    private final ByteSource source = new ByteSource();

    CellCodec(Level level) {
        this.level = level;
    }

    void write(Cell cell, long bucket, ByteSink to) {
        boolean plain = cell.number.isPlainZero();
        int flags = (cell.values == cell.events ? 0 : OTHER_VALUES)
                | (cell.at == 0 ? 0 : MOMENT)
                | (plain ? 0 : NUMBER);
        to.put(flags);
        to.putVarint(cell.events);
        if (cell.values != cell.events) {
            to.putVarint(cell.values);
        }
        if (level.minutesPerSlot() > 1) {
            long first = bucket * level.minutesPerSlot();
            to.put((int) (cell.firstMinute - first));
            to.put((int) (cell.lastMinute - first));
        }
        if (cell.at != 0) {
            to.putVarint(cell.at - level.start(bucket));
        }
        if (!plain) {
            cell.number.write(to);
        }
    }

    void read(Cell cell, long bucket, byte[] bytes, int start) {
        source.open(bytes, start);
        int flags = source.next();
        cell.events = source.varint();
        cell.values = (flags & OTHER_VALUES) == 0 ? cell.events : source.varint();
        long first = bucket * level.minutesPerSlot();
        cell.firstMinute = level.minutesPerSlot() > 1 ? first + source.next() : first;
        cell.lastMinute = level.minutesPerSlot() > 1 ? first + source.next() : first;
        cell.at = (flags & MOMENT) == 0 ? 0 : level.start(bucket) + source.varint();
        if ((flags & NUMBER) == 0) {
            cell.number.set(0, 0);
        } else {
            cell.number.read(source);
        }
    }
}
