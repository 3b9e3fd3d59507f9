package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many subjects each namespace has, of those that have series. */
final class StoredSubjects {
    static final String KNOWS = """
            select exists (select 1 from series where namespace = ? and subject = ?)""";

    private static final String COUNT =
            "select coalesce(max(subjects), 0) from namespace where id = ?";

    private static final String MOST = "select coalesce(max(subjects), 0) from namespace";

    private static final String ADD =
            "update namespace set subjects = subjects + 1 where id = ? returning subjects";

    private static final String REMOVE =
            "update namespace set subjects = subjects - 1 where name = ? returning subjects";

    private StoredSubjects() {}

    /** Whether the subject has series. */
    static boolean knows(Session session, long namespace, String subject) throws SQLException {
        PreparedStatement statement = session.prepare(KNOWS);
        statement.setLong(1, namespace);
        statement.setString(2, subject);
        return number(statement) == 1;
    }

    /** How many the namespace has. */
    static long count(Session session, long namespace) throws SQLException {
        PreparedStatement statement = session.prepare(COUNT);
        statement.setLong(1, namespace);
        return number(statement);
    }

    /** How many the namespace has that has the most. */
    static long most(Session session) throws SQLException {
        return number(session.prepare(MOST));
    }

    /** One more has series; returns how many there are now. */
    static long add(Session session, long namespace) throws SQLException {
        PreparedStatement statement = session.prepare(ADD);
        statement.setLong(1, namespace);
        return number(statement);
    }

    /** One has none any more. */
    static void remove(Session session, String namespace) throws SQLException {
        PreparedStatement statement = session.prepare(REMOVE);
        statement.setString(1, namespace);
        number(statement);
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
