package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The combinations of dimension values that a build has met. */
public final class StoredCombinations {
    private static final String FIND =
            "select texts, sum from combination where build = ? and id = ?";

    private static final String ALL = "select build, id, texts, sum from combination";

    private StoredCombinations() {}

    /** The values, one for each dimension that the meter had when the build began. */
    public static List<String> texts(Session session, long build, int combination)
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
            return Texts.of(texts);
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

    /** The checksum of a combination. */
    static RowSum sum(long build, long combination, byte[] texts) {
        return new RowSum().of(build).and(combination).and(texts);
    }
}
