package io.meterport.adapters.sqlite.key;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.SQLException;

/**
 * Many keys in the file that never change, in blocks. The block of a key follows from its value, so
 * that finding it is one reading.
 *
 * @param id its number
 * @param size how many keys it has
 * @param blocks how many blocks they lie in
 * @param filter knows most keys that it does not have
 */
record KeyGeneration(long id, long size, int blocks, KeyFilter filter) {
    /** On average; so many fill three quarters of a page of the file, and hardly ever more than one. */
    private static final int KEYS_PER_BLOCK = 192;

    static int blocksFor(long keys) {
        return Math.toIntExact(Math.max(1, keys / KEYS_PER_BLOCK));
    }

    static int blockOf(long high, int blocks) {
        return (int) Math.unsignedMultiplyHigh(high, blocks);
    }

    boolean has(Session session, long high, long low) throws SQLException {
        if (!filter.mayHave(high, low)) {
            return false;
        }
        KeyBlock block = KeyTables.block(session, id, blockOf(high, blocks));
        return block.has(high, low);
    }

    /** All its keys. */
    KeyCursor sorted(Session session) {
        return new GenerationCursor(session, this);
    }
}
