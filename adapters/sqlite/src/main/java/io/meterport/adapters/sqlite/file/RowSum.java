package io.meterport.adapters.sqlite.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/**
 * A checksum over the columns of a row, stored beside them, by which it is noticed that the disk
 * changed one. Texts and bytes go in with their length. Not thread-safe.
 */
public final class RowSum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    /** Begins with the first column, a number. */
    public RowSum of(long first) {
        crc.reset();
        return and(first);
    }

    /** Goes on with a number. */
    public RowSum and(long next) {
        crc.update(number.clear().putLong(next).array(), 0, Long.BYTES);
        return this;
    }

    /** Goes on with bytes. */
    public RowSum and(byte[] next) {
        and(next.length);
        crc.update(next, 0, next.length);
        return this;
    }

    /** Goes on with a text. */
    public RowSum and(String next) {
        return and(next.getBytes(StandardCharsets.UTF_8));
    }

    /** The sum of all that went in. */
    public int value() {
        return (int) crc.getValue();
    }

    /**
     * Compares the sum with the one that is stored.
     *
     * @param table where the row is stored, for whoever has to be told
     * @throws SQLException if it is another
     */
    public void require(long stored, String table) throws SQLException {
        if (stored != value()) {
            throw Damage.found("a row of the table " + table);
        }
    }
}
