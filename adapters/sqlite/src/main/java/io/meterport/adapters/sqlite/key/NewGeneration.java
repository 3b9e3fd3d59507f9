package io.meterport.adapters.sqlite.key;

import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A generation that is being written, over several transactions. Before it is finished nobody looks
 * into it, and a crash only leaves rows that are swept away. Not thread-safe.
 */
final class NewGeneration {
    private static final String BEGIN = """
            insert into key_generation (id, size, blocks, last_log, live)
            values ((select coalesce(max(id), 0) + 1 from key_generation), ?, ?, ?, 0)
            returning id""";

    private static final String FINISH = "update key_generation set live = 1 where id = ?";

    /** The filter bits of so many blocks just fit into a page of the file. */
    private static final int BLOCKS_PER_PART = 12;

    private final KeyCursor keys;
    private final KeyGeneration generation;
    private ByteBuffer bytes = ByteBuffer.allocate(512 * ValueHash.BYTES);
    private boolean hasKey;
    private int block;

    private NewGeneration(KeyGeneration generation, KeyCursor keys) throws SQLException {
        this.generation = generation;
        this.keys = keys;
        this.hasKey = keys.next();
    }

    /**
     * Begins one.
     *
     * @param lastLog the rows of the log up to this one have no key that is not in some generation
     */
    static NewGeneration begin(Session session, KeyCursor keys, long size, long lastLog)
            throws SQLException {
        int blocks = KeyGeneration.blocksFor(size);
        PreparedStatement statement = session.prepare(BEGIN);
        statement.setLong(1, size);
        statement.setInt(2, blocks);
        statement.setLong(3, lastLog);
        long id;
        try (var row = statement.executeQuery()) {
            row.next();
            id = row.getLong(1);
        }
        return new NewGeneration(new KeyGeneration(id, size, blocks, new KeyFilter(blocks)), keys);
    }

    long id() {
        return generation.id();
    }

    /** What it is once it is finished. */
    KeyGeneration generation() {
        return generation;
    }

    /** Writes on until that moment of {@link System#nanoTime}; true if it is finished. */
    boolean writeUntil(Session session, long end) throws SQLException {
        while (block < generation.blocks()) {
            KeyTables.putBlock(session, generation.id(), block, nextBlock());
            block++;
            if (block % BLOCKS_PER_PART == 0 || block == generation.blocks()) {
                int first = (block - 1) / BLOCKS_PER_PART * BLOCKS_PER_PART;
                byte[] part = generation.filter().part(first, block - first);
                KeyTables.putFilter(session, generation.id(), first, part);
            }
            if (System.nanoTime() - end > 0) {
                return false;
            }
        }
        PreparedStatement finish = session.prepare(FINISH);
        finish.setLong(1, generation.id());
        finish.executeUpdate();
        return true;
    }

    private byte[] nextBlock() throws SQLException {
        bytes.clear();
        while (hasKey && KeyGeneration.blockOf(keys.high(), generation.blocks()) == block) {
            if (bytes.remaining() < ValueHash.BYTES) {
                bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
            }
            bytes.putLong(keys.high()).putLong(keys.low());
            generation.filter().add(keys.high(), keys.low());
            hasKey = keys.next();
        }
        byte[] filled = new byte[bytes.position()];
        bytes.get(0, filled);
        return filled;
    }
}
