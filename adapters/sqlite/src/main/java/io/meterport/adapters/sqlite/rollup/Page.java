package io.meterport.adapters.sqlite.rollup;

import java.sql.SQLException;

/**
 * Many cells in one value of the database, in rising order of their keys: two bytes of key, one of
 * length, then the cell. In a page of totals the key is the slot; in one of parts it is {@code slots
 * * combination + slot}, the combination counted within its block. Not thread-safe.
 */
public final class Page {
    /** No cells. */
    public static final byte[] EMPTY = new byte[0];

    private static final int HEAD = 3;
    private static final int MOST_CELL_BYTES = 255;

    /** Takes the cells of a page one by one; the cell is used again for the next. */
    @FunctionalInterface
    public interface Visitor {
        void visit(int combination, long bucket, Cell cell) throws SQLException;
    }

    private final Level level;
    private final CellCodec codec;
    private final ByteSink sink = new ByteSink();
    private final Cell scratch = new Cell();

    public Page(Level level) {
        this.level = level;
        this.codec = new CellCodec(level);
    }

    /** Shows all cells of a page that lie in the stretch. */
    public void read(byte[] page, long number, Stretch stretch, Visitor visitor)
            throws SQLException {
        long first = number * level.slots();
        int at = 0;
        while (at < page.length) {
            int key = key(page, at);
            long bucket = first + key % level.slots();
            if (stretch.contains(bucket)) {
                codec.read(scratch, bucket, page, at + HEAD);
                visitor.visit(key / level.slots(), bucket, scratch);
            }
            at = next(page, at);
        }
    }

    /** The page with these cells added to it. Cells that stay as they are are copied as bytes. */
    public byte[] with(byte[] page, long number, CellMap cells, Merge merge) {
        sink.clear();
        long first = number * level.slots();
        int at = 0;
        for (int key : cells.keys()) {
            int start = at;
            while (at < page.length && key(page, at) < key) {
                at = next(page, at);
            }
            sink.putBytes(page, start, at - start);
            Cell cell = cells.at(key);
            long bucket = first + key % level.slots();
            if (at < page.length && key(page, at) == key) {
                codec.read(scratch, bucket, page, at + HEAD);
                scratch.add(merge, cell);
                cell = scratch;
                at = next(page, at);
            }
            append(key, bucket, cell);
        }
        sink.putBytes(page, at, page.length - at);
        return sink.toBytes();
    }

    private void append(int key, long bucket, Cell cell) {
        sink.putShort(key);
        int length = sink.size();
        sink.put(0);
        codec.write(cell, bucket, sink);
        int bytes = sink.size() - length - 1;
        if (bytes > MOST_CELL_BYTES) {
            throw new IllegalStateException("a cell is larger than the numbers of meters can be");
        }
        sink.set(length, bytes);
    }

    private static int key(byte[] page, int at) {
        return (page[at] & 0xff) << 8 | (page[at + 1] & 0xff);
    }

    private static int next(byte[] page, int at) {
        return at + HEAD + (page[at + 2] & 0xff);
    }
}
