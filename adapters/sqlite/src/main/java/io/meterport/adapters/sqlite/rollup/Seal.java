package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Damage;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/**
 * Puts a checksum before the bytes of a page, over them and the key they are stored under. A byte
 * that the disk changed, and a page that turns up under the wrong key, are found when the page is
 * read, and never become part of a sum. Not thread-safe.
 */
final class Seal {
    private static final int BYTES = Integer.BYTES;
    private static final int KEY_PARTS = 4;

    private final String table;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer key = ByteBuffer.allocate(KEY_PARTS * Long.BYTES + 1);

    /**
     * @param table where the pages are stored, for whoever has to be told
     */
    Seal(String table) {
        this.table = table;
    }

    /** The bytes with their checksum before them. */
    byte[] close(Place place, byte[] page) {
        byte[] sealed = new byte[BYTES + page.length];
        System.arraycopy(page, 0, sealed, BYTES, page.length);
        ByteBuffer.wrap(sealed).putInt(checksum(place, sealed));
        return sealed;
    }

    /**
     * The bytes without their checksum.
     *
     * @throws SQLException if they are not what was stored there
     */
    byte[] open(Place place, byte[] sealed) throws SQLException {
        if (sealed == null // A changed head of a row can turn its bytes into nothing.
                || sealed.length < BYTES
                || ByteBuffer.wrap(sealed).getInt() != checksum(place, sealed)) {
            throw Damage.found("the table " + table + " at " + place);
        }
        byte[] page = new byte[sealed.length - BYTES];
        System.arraycopy(sealed, BYTES, page, 0, page.length);
        return page;
    }

    private int checksum(Place place, byte[] sealed) {
        key.clear()
                .putLong(place.build())
                .putLong(place.series())
                .putLong(place.block())
                .putLong(place.page())
                .put((byte) (place.isTotal() ? 1 : 0));
        crc.reset();
        crc.update(key.array(), 0, key.position());
        crc.update(sealed, BYTES, sealed.length - BYTES);
        return (int) crc.getValue();
    }

    /**
     * Where a page is stored.
     *
     * @param page its number, or the hour of recent minutes
     * @param isTotal whether it is the one of two that has the totals
     */
    record Place(long build, long series, long block, long page, boolean isTotal) {
        Place at(long otherPage) {
            return new Place(build, series, block, otherPage, isTotal);
        }

        Place ofTotal() {
            return new Place(build, series, block, page, true);
        }
    }
}
