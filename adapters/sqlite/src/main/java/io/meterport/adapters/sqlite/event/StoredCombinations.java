package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The combinations of dimension values that a build has met. */
public final class StoredCombinations {
    private static final String FIND = "select texts from combination where build = ? and id = ?";

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
            return Texts.of(row.getBytes(1));
        }
    }
}
