package io.meterport.adapters.sqlite.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings a file to today's layout: each step in one transaction with the number it leads to, so that
 * a process that dies on the way goes on where it stopped.
 */
final class Migrations {
    /** In order; the place in the list, from 1, is the number of the layout that a step leads to. */
    static final List<String> STEPS =
            List.of("0001-begin.sql", "0002-runs.sql", "0003-subjects.sql");

    private Migrations() {}

    static void apply(Session session) throws SQLException {
        int layout = layout(session);
        if (layout > STEPS.size()) {
            throw new IllegalStateException("The database has layout " + layout
                    + ", but this Meterport knows only layouts up to " + STEPS.size()
                    + "; run the newer Meterport that wrote it.");
        }
        for (int next = layout + 1; next <= STEPS.size(); next++) {
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
            session.handle().createScript(text(STEPS.get(number - 1))).execute();
            session.handle().execute("pragma user_version = " + number);
            session.commit();
        } catch (SQLException | RuntimeException e) {
            session.end();
            throw e;
        }
    }

    /** The statements of a step. */
    static String text(String step) {
        try (InputStream resource = Migrations.class.getResourceAsStream(step)) {
            if (resource == null) {
                throw new IllegalStateException("the program lacks its own file " + step);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
