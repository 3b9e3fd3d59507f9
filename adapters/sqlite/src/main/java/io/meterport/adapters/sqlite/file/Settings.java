package io.meterport.adapters.sqlite.file;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/**
 * What every connection is set to. SQLite ignores a setting that it does not know or cannot follow,
 * so each is read back.
 */
final class Settings {
    static final int PAGE_SIZE = 4_096;
    /** The writer moves the log into the file when it has so many pages: 64 MiB. */
    private static final int LOG_PAGES = 16_000;

    private final Map<String, String> pragmas = new LinkedHashMap<>();
    private final SQLiteConfig config = new SQLiteConfig();

    private Settings(SqliteOptions options) {
        // Else the driver asks for the last row id after each insert, by a statement of its own.
        config.setGetGeneratedKeys(false);
        pragmas.put("busy_timeout", String.valueOf(options.busyTimeout().toMillis()));
        pragmas.put("journal_mode", "wal");
        pragmas.put("synchronous", "2");
        pragmas.put("foreign_keys", "1");
        pragmas.put("trusted_schema", "0");
        pragmas.put("cell_size_check", "1");
        pragmas.put("mmap_size", "0");
        pragmas.put("temp_store", "2");
    }

    /** Every commit is on the disk when it returns, and only this connection moves the log. */
    static Settings writer(SqliteOptions options) {
        Settings settings = new Settings(options);
        settings.config.setPageSize(PAGE_SIZE);
        settings.pragmas.put("cache_size", kibibytes(options.writerCache()));
        settings.pragmas.put("wal_autocheckpoint", String.valueOf(LOG_PAGES));
        return settings;
    }

    /** Nothing is ever written through it. */
    static Settings reader(SqliteOptions options) {
        Settings settings = new Settings(options);
        settings.pragmas.put("cache_size", kibibytes(options.readerCache()));
        settings.pragmas.put("wal_autocheckpoint", "0");
        settings.pragmas.put("query_only", "1");
        return settings;
    }

    /** A connection of its own for copying; writes nothing into the file. */
    static Settings copier(SqliteOptions options) {
        Settings settings = new Settings(options);
        settings.pragmas.put("cache_size", kibibytes(options.readerCache()));
        settings.pragmas.put("wal_autocheckpoint", "0");
        return settings;
    }

    /** For a copy that nobody else has open: it stays one file, without a log beside it. */
    static Settings copy(SqliteOptions options) {
        Settings settings = copier(options);
        settings.pragmas.put("journal_mode", "delete");
        return settings;
    }

    Session connect(Path file) throws SQLException {
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            apply(connection);
            requireWritable(connection);
            return new Session(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> pragma : pragmas.entrySet()) {
                statement.execute("pragma " + pragma.getKey() + " = " + pragma.getValue());
                requireSet(statement, pragma.getKey(), pragma.getValue());
            }
        }
    }

    private static void requireSet(Statement statement, String name, String value)
            throws SQLException {
        try (ResultSet result = statement.executeQuery("pragma " + name)) {
            String is = result.next() ? result.getString(1) : "nothing";
            if (!is.equals(value)) {
                throw new SQLException("SQLite keeps " + name + " at " + is + ", not " + value);
            }
        }
    }

    /**
     * SQLite opens for reading alone what it is not let write, the memory that connections share
     * included; and then nobody can write for as long as one of them is open. This asks for the
     * length of the log, moves nothing, and is refused on such a connection.
     */
    private static void requireWritable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(noop)");
        }
    }

    private static String kibibytes(int mebibytes) {
        return String.valueOf(-1_024L * mebibytes);
    }
}
