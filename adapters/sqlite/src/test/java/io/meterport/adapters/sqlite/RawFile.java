package io.meterport.adapters.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Looks into a database file from outside, as an operator would. */
final class RawFile {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String url;

    RawFile(Path folder) {
        url = "jdbc:sqlite:" + folder.resolve("meterport.db");
    }

    /** The one number that the query gives. */
    long number(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows behind the storage's back; returns how many. */
    int change(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the query gives zero. */
    void awaitZero(String sql) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (number(sql) != 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never became zero: " + sql);
            }
            Thread.onSpinWait();
        }
    }
}
