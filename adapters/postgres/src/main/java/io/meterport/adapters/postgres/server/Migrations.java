package io.meterport.adapters.postgres.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Brings the tables to today's layout: each step in one transaction with the number it leads to, so
 * that a process that dies on the way, or another node, goes on where it stopped. One node at a time.
 */
public final class Migrations {
    /** In order; the place in the list, from 1, is the number of the layout that a step leads to. */
    static final List<String> STEPS =
            List.of("0001-catalog.sql", "0002-events.sql", "0003-subjects.sql");

    /** Held by a transaction that changes tables; the number means nothing, and is nobody else's. */
    private static final long LOCK = 0x6d65746572706f72L;

    private Migrations() {}

    /**
     * Takes the steps that are missing.
     *
     * @return how many there were
     * @throws IllegalStateException with a sentence for the operator if a newer Meterport made the
     *     tables
     */
    public static int apply(Transactions transactions) {
        int steps = 0;
        while (transactions.write(Migrations::step)) {
            steps++;
        }
        return steps;
    }

    /**
     * Makes sure that the tables are those that this Meterport knows.
     *
     * @throws IllegalStateException with a sentence for the operator if they are older or newer
     */
    public static void require(Transactions transactions) {
        int layout = transactions.read(Migrations::layout);
        if (layout < STEPS.size()) {
            throw new IllegalStateException("The database has layout " + layout
                    + ", but this Meterport needs layout " + STEPS.size()
                    + "; run 'meterport migrate'.");
        }
        requireKnown(layout);
    }

    private static boolean step(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(?)", LOCK);
        handle.execute("""
                create table if not exists layout (
                    one int primary key check (one = 1),
                    number int not null)""");
        int layout = layout(handle);
        requireKnown(layout);
        if (layout == STEPS.size()) {
            return false;
        }
        handle.execute("set local statement_timeout = 0");
        handle.createScript(text(STEPS.get(layout))).execute();
        handle.execute("""
                insert into layout (one, number) values (1, ?)
                on conflict (one) do update set number = excluded.number""", layout + 1);
        return true;
    }

    private static void requireKnown(int layout) {
        if (layout > STEPS.size()) {
            throw new IllegalStateException("The database has layout " + layout
                    + ", but this Meterport knows only layouts up to " + STEPS.size()
                    + "; run the newer Meterport that made it.");
        }
    }

    /** The number of the layout; zero if there is none. */
    static int layout(Handle handle) {
        boolean exists = handle.createQuery("select to_regclass('layout') is not null")
                .mapTo(boolean.class)
                .one();
        return exists
                ? handle.createQuery("select coalesce(max(number), 0) from layout")
                        .mapTo(int.class)
                        .one()
                : 0;
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
