package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * How many subjects a namespace has, of those that have series. Whoever brings another locks the
 * namespace first, so that the number is exact with any number of nodes.
 */
final class SubjectCount {
    private static final String LOCK = "select subjects from namespace where id = ? for update";
    private static final String ADD = "update namespace set subjects = subjects + ? where id = ?";
    private static final String UNKNOWN = """
            select asked.subject from unnest(?::text[]) as asked (subject)
            where not exists (
                select 1 from series where series.namespace = ? and series.subject = asked.subject)""";

    private SubjectCount() {}

    /** How many there are; they stay as many until the transaction's end, unless it adds some. */
    static long lock(Connection connection, long namespace) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setLong(1, namespace);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Those of the subjects that have no series yet. */
    static Set<String> unknown(Connection connection, long namespace, Collection<String> subjects)
            throws SQLException {
        Set<String> unknown = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(UNKNOWN)) {
            new Arrays(connection, select).texts(1, subjects.toArray(String[]::new));
            select.setLong(2, namespace);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    unknown.add(row.getString(1));
                }
            }
        }
        return unknown;
    }

    /** There are so many more. */
    static void add(Connection connection, long namespace, long more) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ADD)) {
            update.setLong(1, more);
            update.setLong(2, namespace);
            update.executeUpdate();
        }
    }
}
