package io.meterport.adapters.sqlite.file;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Looks through a copy before anybody relies on it. */
public final class CopiedFile {
    /** Reads every row that has a checksum. */
    @FunctionalInterface
    public interface Checksums {
        void check(Session session) throws SQLException;
    }

    private CopiedFile() {}

    /**
     * Checks the structure of the file and the checksums of its rows.
     *
     * @throws SQLException if it is damaged
     */
    static void check(Session session, Checksums checksums) throws SQLException {
        try (ResultSet row = session.prepare("pragma integrity_check(1)").executeQuery()) {
            String found = row.next() ? row.getString(1) : "nothing";
            if (!found.equals("ok")) {
                throw Damage.found(found);
            }
        }
        checksums.check(session);
    }
}
