package io.meterport.adapters.sqlite.key;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Which events are known already, exactly: two events are the same if their keys are.
 *
 * <p>Keys are as good as random. In a tree each would lie on a page of its own, and every new one
 * would cost the writing of a page. So the latest keys are held in memory, and in the file all those
 * of a transaction are one row of a log. When there are many, they become a generation: sorted
 * blocks that never change, behind a filter that is held in memory. Only the writer's thread uses it.
 */
public final class KnownKeys implements Kept {
    /** So many keys in memory are made a generation; they take 16 MiB. */
    private static final int MOST_HOT = 1 << 19;

    private static final String GENERATIONS =
            "select id, size, blocks, last_log from key_generation where live = 1 order by id";

    private final int mostHot;
    private final Deque<HotKeys> hot = new ArrayDeque<>();
    private final List<KeyGeneration> generations = new ArrayList<>();
    private ByteBuffer added = ByteBuffer.allocate(1_024 * ValueHash.BYTES);
    private long sealedLog;
    private long lastLog;

    public KnownKeys() {
        this(MOST_HOT);
    }

    /** With another number of keys in memory. */
    KnownKeys(int mostHot) {
        this.mostHot = mostHot;
    }

    /**
     * Reads all keys of the file.
     *
     * @throws SQLException if some are not as they were written
     */
    public static void check(Session session) throws SQLException {
        KeyTables.check(session);
    }

    /** Takes keys one by one. */
    @FunctionalInterface
    public interface Visitor {
        void visit(long high, long low);
    }

    /**
     * Shows all keys of the file, each once.
     *
     * @throws SQLException if some are not as they were written
     */
    public static void all(Session session, Visitor visitor) throws SQLException {
        List<long[]> found = new ArrayList<>();
        long sealed = 0;
        try (ResultSet row = session.prepare(GENERATIONS).executeQuery()) {
            while (row.next()) {
                found.add(new long[] {row.getLong(1), row.getInt(3)});
                sealed = Math.max(sealed, row.getLong(4));
            }
        }
        for (long[] generation : found) {
            for (int block = 0; block < generation[1]; block++) {
                session.requireTime();
                show(KeyTables.block(session, generation[0], block), visitor);
            }
        }
        KeyTables.readLog(session, sealed, (id, keys) -> show(KeyBlock.of(keys), visitor));
    }

    private static void show(KeyBlock keys, Visitor visitor) {
        for (int i = 0; i < keys.size(); i++) {
            visitor.visit(keys.high(i), keys.low(i));
        }
    }

    /** Knows the key from now on; false if it did already. {@link #write} has to follow. */
    public boolean add(Session session, ValueHash key) throws SQLException {
        long high = key.high();
        long low = low(key);
        if (isOld(session, high, low) || !hot.getLast().keys().add(high, low)) {
            return false;
        }
        if (added.remaining() < ValueHash.BYTES) {
            added = ByteBuffer.allocate(2 * added.capacity()).put(added.flip());
        }
        added.putLong(high).putLong(low);
        return true;
    }

    /** Whether it knows the key, with those of this transaction. */
    public boolean has(Session session, ValueHash key) throws SQLException {
        return isOld(session, key.high(), low(key))
                || hot.getLast().keys().has(key.high(), low(key));
    }

    /** Writes the keys that were added in this transaction. */
    public void write(Session session) throws SQLException {
        if (added.position() > 0) {
            byte[] keys = new byte[added.position()];
            added.get(0, keys);
            KeyTables.putLog(session, lastLog + 1, keys);
        }
    }

    @Override
    public void load(Session session) throws SQLException {
        added.clear();
        hot.clear();
        hot.add(new HotKeys());
        generations.clear();
        sealedLog = 0;
        PreparedStatement statement = session.prepare(GENERATIONS);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                KeyFilter filter = KeyTables.filter(session, row.getLong(1), row.getInt(3));
                generations.add(
                        new KeyGeneration(row.getLong(1), row.getLong(2), row.getInt(3), filter));
                sealedLog = Math.max(sealedLog, row.getLong(4));
            }
        }
        lastLog = sealedLog;
        KeyTables.readLog(session, sealedLog, (id, keys) -> {
            KeyBlock row = KeyBlock.of(keys);
            for (int i = 0; i < row.size(); i++) {
                hot.getLast().keys().add(row.high(i), row.low(i));
            }
            reached(id);
        });
    }

    @Override
    public void committed() {
        if (added.position() > 0) {
            reached(lastLog + 1);
            added.clear();
        }
    }

    @Override
    public void undone() {
        if (hot.isEmpty()) {
            return; // It was never loaded.
        }
        added.flip();
        while (added.hasRemaining()) {
            hot.getLast().keys().remove(added.getLong(), added.getLong());
        }
        added.clear();
    }

    /** The oldest keys in memory, if they are to become a generation. */
    Optional<HotKeys> full() {
        return hot.size() > 1 ? Optional.of(hot.getFirst()) : Optional.empty();
    }

    /** The generations that there are, the oldest first. */
    List<KeyGeneration> generations() {
        return List.copyOf(generations);
    }

    /** Rows of the log up to this one are of no use any more. */
    long sealedLog() {
        return sealedLog;
    }

    /** How many keys of one generation count as few. */
    int mostHot() {
        return mostHot;
    }

    /** The keys are in that generation now. */
    void replace(HotKeys sealed, KeyGeneration by) {
        hot.remove(sealed);
        sealedLog = sealed.lastLog();
        generations.add(by);
    }

    /** The keys of those generations are in this one now. */
    void replace(List<KeyGeneration> merged, KeyGeneration by) {
        generations.removeAll(merged);
        generations.addFirst(by);
    }

    /** Whether it is among all but the latest keys. */
    private boolean isOld(Session session, long high, long low) throws SQLException {
        for (KeyGeneration generation : generations) {
            if (generation.has(session, high, low)) {
                return true;
            }
        }
        for (HotKeys full : hot) {
            if (full != hot.getLast() && full.keys().has(high, low)) {
                return true;
            }
        }
        return false;
    }

    /** Nought stands for no key. */
    private static long low(ValueHash key) {
        return key.high() == 0 && key.low() == 0 ? 1 : key.low();
    }

    private void reached(long log) {
        lastLog = log;
        hot.getLast().reached(log);
        if (hot.getLast().keys().size() >= mostHot) {
            hot.addLast(new HotKeys());
        }
    }
}
