package io.meterport.adapters.sqlite.key;

import io.meterport.adapters.sqlite.file.Chore;
import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Makes generations of keys: of those in memory when there are many, and of eight generations of
 * about one size, so that there are never many to look into. Whatever a crash or a failure leaves
 * half done is swept away and begun again. Only the writer's thread uses it.
 */
public final class KeyUpkeep implements Chore, Kept {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final int MERGED_TOGETHER = 8;
    private static final int MOST_GENERATIONS = 32;
    private static final int MOST_ROWS = 500;
    /** A row of the log can be twenty pages long. */
    private static final int MOST_LOG_ROWS = 25;

    private static final String DEAD = """
            select id from key_generation
            where live = 0 and id <> ? and id <> ? order by id limit 1""";
    private static final String RETIRE = "update key_generation set live = 0 where id = ?";
    private static final String DELETE = "delete from key_generation where id = ?";

    private final KnownKeys keys;
    private Optional<Sealing> sealing = Optional.empty();
    private Optional<Merging> merging = Optional.empty();
    private Runnable whenCommitted = () -> {};

    private record Sealing(HotKeys hot, NewGeneration written) {}

    private record Merging(List<KeyGeneration> parts, NewGeneration written) {}

    public KeyUpkeep(KnownKeys keys) {
        this.keys = keys;
    }

    /** While keys wait in memory, memory grows; each generation costs each event a look. */
    @Override
    public boolean isPressing() {
        return keys.full().isPresent() || keys.generations().size() > MOST_GENERATIONS;
    }

    @Override
    public boolean step(Session session) throws SQLException {
        long end = System.nanoTime() + STEP_NANOS;
        return seal(session, end) || sweep(session) || merge(session, end);
    }

    @Override
    public void load(Session session) {
        undone();
    }

    @Override
    public void committed() {
        whenCommitted.run();
        whenCommitted = () -> {};
    }

    /** What was written before stays without an end, and is swept away. */
    @Override
    public void undone() {
        sealing = Optional.empty();
        merging = Optional.empty();
        whenCommitted = () -> {};
    }

    private boolean seal(Session session, long end) throws SQLException {
        Optional<HotKeys> full = keys.full();
        if (full.isEmpty()) {
            return false;
        }
        if (sealing.isEmpty()) {
            HotKeys hot = full.get();
            NewGeneration begun = NewGeneration.begin(
                    session, hot.keys().sorted(), hot.keys().size(), hot.lastLog());
            sealing = Optional.of(new Sealing(hot, begun));
        }
        Sealing now = sealing.get();
        if (now.written().writeUntil(session, end)) {
            whenCommitted = () -> {
                sealing = Optional.empty();
                keys.replace(now.hot(), now.written().generation());
            };
        }
        return true;
    }

    private boolean merge(Session session, long end) throws SQLException {
        if (merging.isEmpty()) {
            List<KeyGeneration> parts = parts();
            if (parts.isEmpty()) {
                return false;
            }
            MergeCursor cursor = new MergeCursor(
                    parts.stream().map(part -> part.sorted(session)).toList());
            long size = parts.stream().mapToLong(KeyGeneration::size).sum();
            merging = Optional.of(new Merging(
                    parts, NewGeneration.begin(session, cursor, size, keys.sealedLog())));
        }
        Merging now = merging.get();
        if (now.written().writeUntil(session, end)) {
            for (KeyGeneration part : now.parts()) {
                update(session, RETIRE, part.id());
            }
            whenCommitted = () -> {
                merging = Optional.empty();
                keys.replace(now.parts(), now.written().generation());
            };
        }
        return true;
    }

    /** The oldest generations of a size of which there are enough. */
    private List<KeyGeneration> parts() {
        for (long least = 0, most = 2L * keys.mostHot(); least < Long.MAX_VALUE / 16; ) {
            long from = least;
            long to = most;
            List<KeyGeneration> alike = keys.generations().stream()
                    .filter(each -> each.size() >= from && each.size() < to)
                    .limit(MERGED_TOGETHER)
                    .toList();
            if (alike.size() == MERGED_TOGETHER) {
                return alike;
            }
            least = most;
            most *= MERGED_TOGETHER;
        }
        return List.of();
    }

    private boolean sweep(Session session) throws SQLException {
        if (KeyTables.deleteLog(session, keys.sealedLog(), MOST_LOG_ROWS) > 0) {
            return true;
        }
        OptionalLong dead = dead(session);
        if (dead.isEmpty()) {
            return false;
        }
        long id = dead.getAsLong();
        if (KeyTables.delete(session, id, MOST_ROWS) == 0) {
            update(session, DELETE, id);
        }
        return true;
    }

    private OptionalLong dead(Session session) throws SQLException {
        PreparedStatement statement = session.prepare(DEAD);
        statement.setLong(1, sealing.map(now -> now.written().id()).orElse(0L));
        statement.setLong(2, merging.map(now -> now.written().id()).orElse(0L));
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    private static void update(Session session, String sql, long id) throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        statement.setLong(1, id);
        statement.executeUpdate();
    }
}
