package io.meterport.adapters.sqlite.file;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Brings a file to today's layout: each step in one transaction with the number it leads to, so that
 * a process that dies on the way goes on where it stopped.
 */
final class Migrations {
    private Migrations() {}

    static void apply(Session session) throws SQLException {
        int layout = layout(session);
        if (layout > Steps.ALL.size()) {
            throw new IllegalStateException("The database has layout " + layout
                    + ", but this Meterport knows only layouts up to " + Steps.ALL.size()
                    + "; run the newer Meterport that wrote it.");
        }
        for (int next = layout + 1; next <= Steps.ALL.size(); next++) {
            step(session, next);
        }
    }

    static int layout(Session session) throws SQLException {
        try (ResultSet result = session.prepare("pragma user_version").executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void step(Session session, int number) throws SQLException {
        session.beginWriting();
        try {
            session.handle().createScript(Steps.text(number)).execute();
            session.handle().execute("pragma user_version = " + number);
            session.commit();
        } catch (SQLException | RuntimeException e) {
            session.end();
            throw e;
        }
    }
}
