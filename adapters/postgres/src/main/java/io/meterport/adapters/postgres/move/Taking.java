package io.meterport.adapters.postgres.move;

import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.application.spi.Movable;
import io.meterport.application.spi.MovedDigest;
import io.meterport.application.spi.MovedTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Takes everything of another storage, in one transaction. Not thread-safe. */
public final class Taking {
    /** A server that uses the database waits until the end, and then finds it filled. */
    private static final String LOCK = """
            lock table api_key, meter, portal_token, revocation, audit, subject, series, event,
                event_key in share row exclusive mode""";

    private static final List<String> EMPTY = List.of(
            "api_key",
            "meter",
            "portal_token",
            "revocation",
            "audit",
            "subject",
            "namespace",
            "series",
            "event",
            "event_key",
            "build");

    private static final List<String> FOLLOWING = List.of(
            next("meter", "position"),
            next("api_key", "position"),
            next("audit", "number"),
            next("namespace", "id"),
            next("series", "id"),
            next("build", "number"),
            """
            insert into type_change (namespace, type, changed, changed_at)
            select namespace, type, max(changed), max(changed_at) from series
            where changed > 0 group by namespace, type""",
            """
            update namespace set subjects = (
                select count(distinct subject) from series where namespace = namespace.id)""",
            """
            update change_head set number = (select coalesce(max(changed), 0) from series)""",
            """
            update build set combinations = (
                select coalesce(max(id) + 1, 0) from combination where build = build.number)""",
            """
            insert into token_holder (namespace, subject_hash, at_most)
            select namespace, subject_hash, count(*) from portal_token
            group by namespace, subject_hash""");

    private final Handle handle;

    /** In the transaction of that handle. */
    public Taking(Handle handle) {
        this.handle = handle;
    }

    /**
     * Takes it, and reads it again.
     *
     * @return what was given, which is what is there now
     * @throws IllegalStateException with a sentence for the operator if something was there before,
     *     or what is there is not what was given
     */
    public MovedDigest take(Movable from) throws SQLException {
        handle.execute(LOCK);
        CatalogLock.take(handle);
        requireEmpty();
        MovedDigest given = new MovedDigest();
        Inserting inserting = new Inserting(handle);
        try {
            from.give((table, row) -> {
                given.add(table, row);
                inserting.add(table, row);
            });
        } catch (RuntimeException e) {
            // Not what the other storage makes of a failure of this one.
            throw inserting.failure().orElse(e);
        }
        inserting.finish();
        FOLLOWING.forEach(handle::execute);
        MovedDigest taken = new MovedDigest();
        for (MovedTable table : MovedTable.values()) {
            Telling.tell(handle.getConnection(), table, taken);
        }
        given.differsFrom(taken).ifPresent(table -> {
            throw new IllegalStateException("Nothing was copied: the table "
                    + table.name().toLowerCase(Locale.ROOT)
                    + " does not say in the database what it said before: "
                    + given.of(table) + " was given, " + taken.of(table) + " is there.");
        });
        return given;
    }

    private void requireEmpty() {
        for (String table : EMPTY) {
            boolean some = handle.createQuery("select exists (select 1 from " + table + ")")
                    .mapTo(boolean.class)
                    .one();
            if (some) {
                throw new IllegalStateException("The database is not empty, its table " + table
                        + " has rows; name a database that no server has used.");
            }
        }
    }

    /** The next number is one that was never given. */
    private static String next(String table, String column) {
        return "select setval(pg_get_serial_sequence('" + table + "', '" + column
                + "'), coalesce(max(" + column + "), 0) + 1, false) from " + table;
    }
}
