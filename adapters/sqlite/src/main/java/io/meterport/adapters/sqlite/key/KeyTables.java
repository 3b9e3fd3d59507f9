package io.meterport.adapters.sqlite.key;

import io.meterport.adapters.sqlite.file.Damage;
import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The statements that keys are written and read by. */
final class KeyTables {
    private static final String PUT_LOG = "insert into key_log (id, keys, sum) values (?, ?, ?)";
    static final String LOG = "select id, keys, sum from key_log where id > ? order by id";
    static final String DELETE_LOG = """
            delete from key_log
            where id in (
                select id from key_log where id between ? and ? order by id limit ?)""";

    private static final String PUT_BLOCK =
            "insert into key_block (id, keys, sum) values (?, ?, ?)";
    static final String BLOCK = "select keys, sum from key_block where id = ?";
    static final String DELETE_BLOCKS = """
            delete from key_block where id in (
                select id from key_block where id between ? and ? limit ?)""";

    private static final String PUT_FILTER =
            "insert into key_filter (id, bits, sum) values (?, ?, ?)";
    static final String FILTER = "select id, bits, sum from key_filter where id between ? and ?";
    static final String DELETE_FILTER = """
            delete from key_filter where id in (
                select id from key_filter where id between ? and ? limit ?)""";

    private KeyTables() {}

    /** Shows the rows of the log behind that one. */
    interface LogVisitor {
        void visit(long id, byte[] keys);
    }

    /**
     * Reads all keys.
     *
     * @throws SQLException if some are not as they were written
     */
    static void check(Session session) throws SQLException {
        for (String table : List.of("key_log", "key_block")) {
            check(session, table, "keys");
        }
        check(session, "key_filter", "bits");
    }

    /** Both names are constants of this class. */
    private static void check(Session session, String table, String column) throws SQLException {
        String sql = "select id, " + column + ", sum from " + table;
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            while (row.next()) {
                session.requireTime();
                sound(table, row.getLong(1), row.getBytes(2), row.getLong(3));
            }
        }
    }

    static void putLog(Session session, long id, byte[] keys) throws SQLException {
        put(session.prepare(PUT_LOG), id, keys);
    }

    static void readLog(Session session, long after, LogVisitor visitor) throws SQLException {
        PreparedStatement statement = session.prepare(LOG);
        statement.setLong(1, after);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long id = row.getLong(1);
                visitor.visit(id, sound("key_log", id, row.getBytes(2), row.getLong(3)));
            }
        }
    }

    static void putBlock(Session session, long generation, int block, byte[] keys)
            throws SQLException {
        put(session.prepare(PUT_BLOCK), id(generation, block), keys);
    }

    static KeyBlock block(Session session, long generation, int block) throws SQLException {
        PreparedStatement statement = session.prepare(BLOCK);
        statement.setLong(1, id(generation, block));
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw Damage.found("the table key_block");
            }
            long id = id(generation, block);
            return KeyBlock.of(sound("key_block", id, row.getBytes(1), row.getLong(2)));
        }
    }

    static void putFilter(Session session, long generation, int block, byte[] bits)
            throws SQLException {
        put(session.prepare(PUT_FILTER), id(generation, block), bits);
    }

    static KeyFilter filter(Session session, long generation, int blocks) throws SQLException {
        KeyFilter filter = new KeyFilter(blocks);
        long found = 0;
        PreparedStatement statement = session.prepare(FILTER);
        statement.setLong(1, id(generation, 0));
        statement.setLong(2, id(generation, blocks));
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long id = row.getLong(1);
                byte[] bits = sound("key_filter", id, row.getBytes(2), row.getLong(3));
                filter.put((int) id, bits);
                found += bits.length;
            }
        }
        if (found != (long) blocks * KeyFilter.BLOCK_BYTES) {
            throw Damage.found("the table key_filter");
        }
        return filter;
    }

    /** Deletes at most so many of the log's rows up to that one; how many that were. */
    static int deleteLog(Session session, long last, int most) throws SQLException {
        return delete(session.prepare(DELETE_LOG), 0, last, most);
    }

    /** Deletes at most so many rows of a generation; how many that were. */
    static int delete(Session session, long generation, int most) throws SQLException {
        long first = id(generation, 0);
        long last = id(generation, Integer.MAX_VALUE);
        int deleted = delete(session.prepare(DELETE_BLOCKS), first, last, most);
        return deleted > 0 ? deleted : delete(session.prepare(DELETE_FILTER), first, last, most);
    }

    private static int delete(PreparedStatement statement, long first, long last, int most)
            throws SQLException {
        statement.setLong(1, first);
        statement.setLong(2, last);
        statement.setInt(3, most);
        return statement.executeUpdate();
    }

    private static void put(PreparedStatement statement, long id, byte[] bytes)
            throws SQLException {
        statement.setLong(1, id);
        statement.setBytes(2, bytes);
        statement.setInt(3, new RowSum().of(id).and(bytes).value());
        statement.executeUpdate();
    }

    private static byte[] sound(String table, long id, byte[] bytes, long sum) throws SQLException {
        if (bytes == null) { // A changed head of a row can turn bytes into nothing.
            throw Damage.found("a row of the table " + table);
        }
        new RowSum().of(id).and(bytes).require(sum, table);
        return bytes;
    }

    private static long id(long generation, int block) {
        return generation << Integer.SIZE | block;
    }
}
