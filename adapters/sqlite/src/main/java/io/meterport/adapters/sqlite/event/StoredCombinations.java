package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.application.spi.CombinationCap;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * The combinations of dimension values that a build tells apart. Where there is one without any
 * value, all that are not here count under it, and none is added any more: so what an event counts
 * under can be told again at any time.
 */
public final class StoredCombinations {
    /** How the combination of all others is stored. */
    static final List<String> REST = List.of();

    private static final String FIND =
            "select texts, sum from combination where build = ? and id = ?";

    private static final String ALL = "select build, id, texts, sum from combination";

    private static final String NUMBER = "select id from combination where build = ? and texts = ?";

    private static final String COUNT =
            "select coalesce(max(id) + 1, 0) from combination where build = ?";

    private StoredCombinations() {}

    /**
     * The values, one for each dimension that the meter had when the build began.
     *
     * @param dimensions how many those are
     */
    public static List<String> texts(Session session, long build, int combination, int dimensions)
            throws SQLException {
        PreparedStatement statement = session.prepare(FIND);
        statement.setLong(1, build);
        statement.setInt(2, combination);
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("a page is stored without its combination");
            }
            byte[] texts = row.getBytes(1);
            sum(build, combination, texts).require(row.getLong(2), "combination");
            return texts.length == 0 ? rest(dimensions) : Texts.of(texts);
        }
    }

    /** What is said of the values of an event whose combination is not told apart. */
    static List<String> rest(int dimensions) {
        return Collections.nCopies(dimensions, CombinationCap.OTHER);
    }

    /** Whether the build tells this combination apart. */
    static boolean has(Session session, long build, List<String> texts) throws SQLException {
        PreparedStatement statement = session.prepare(NUMBER);
        statement.setLong(1, build);
        statement.setBytes(2, Texts.bytes(texts));
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** How many combinations the build has. */
    static long count(Session session, long build) throws SQLException {
        PreparedStatement statement = session.prepare(COUNT);
        statement.setLong(1, build);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Reads all combinations.
     *
     * @throws SQLException if one is not as it was written
     */
    public static void check(Session session) throws SQLException {
        PreparedStatement statement = session.prepare(ALL);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                sum(row.getLong(1), row.getLong(2), row.getBytes(3))
                        .require(row.getLong(4), "combination");
            }
        }
    }

    /** Takes combinations one by one. */
    @FunctionalInterface
    public interface Visitor {
        /** No texts stand for all that are not told apart. */
        void visit(long build, long combination, List<String> texts) throws SQLException;
    }

    /**
     * Shows all combinations.
     *
     * @throws SQLException if one is not as it was written
     */
    public static void all(Session session, Visitor visitor) throws SQLException {
        PreparedStatement statement = session.prepare(ALL);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                byte[] texts = row.getBytes(3);
                sum(row.getLong(1), row.getLong(2), texts).require(row.getLong(4), "combination");
                visitor.visit(row.getLong(1), row.getLong(2), Texts.of(texts));
            }
        }
    }

    /** The checksum of a combination. */
    static RowSum sum(long build, long combination, byte[] texts) {
        return new RowSum().of(build).and(combination).and(texts);
    }
}
