package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.SeriesRows;
import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.adapters.postgres.server.Chore;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes erased series away in small transactions; nobody stores events during one. */
final class PendingErasures implements Chore {
    private static final int MOST_EVENTS = 5_000;

    /**
     * What was done.
     *
     * @param series whose events were deleted; 0 if none
     * @param deleted how many events were deleted
     * @param more whether there was something to do, and may be more
     */
    record Step(long series, long deleted, boolean more) {}

    private record Pending(long series, long namespace, String name, String type) {}

    @Override
    public boolean step(Handle handle) throws SQLException {
        return next(handle).more();
    }

    /** Does a little. */
    static Step next(Handle handle) throws SQLException {
        if (find(handle).isEmpty()) {
            return new Step(0, 0, false);
        }
        CatalogLock.take(handle);
        Optional<Pending> pending = find(handle);
        if (pending.isEmpty()) {
            return new Step(0, 0, false);
        }
        long series = pending.get().series();
        if (leavesADay(handle, pending.get())) {
            return new Step(0, 0, true);
        }
        long deleted = deleteEvents(handle, series);
        if (deleted == 0) {
            finish(handle, pending.get());
        }
        return new Step(series, deleted, true);
    }

    private static Optional<Pending> find(Handle handle) {
        return handle.createQuery("""
                        select series.id, namespace.id as namespace, namespace.name, series.type
                        from erasure join series on series.id = erasure.series
                        join namespace on namespace.id = erasure.namespace
                        order by series.id limit 1""")
                .map((row, context) -> new Pending(
                        row.getLong("id"),
                        row.getLong("namespace"),
                        row.getString("name"),
                        row.getString("type")))
                .findOne();
    }

    private static boolean leavesADay(Handle handle, Pending pending) throws SQLException {
        for (LiveBuilds.Live live : LiveBuilds.all(handle)) {
            if (live.meter().namespace().name().equals(pending.name())
                    && live.meter().eventType().value().equals(pending.type())) {
                SeriesRows rows =
                        new SeriesRows(handle.getConnection(), live.target(), pending.series());
                if (rows.takeAwayADay(pending.namespace(), pending.type())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long deleteEvents(Handle handle, long series) {
        long bound = handle.createQuery("""
                        select time + 1 from event where series = :series
                        order by time offset :most limit 1""")
                .bind("series", series)
                .bind("most", MOST_EVENTS)
                .mapTo(long.class)
                .findOne()
                .orElse(Long.MAX_VALUE);
        return handle.createUpdate("delete from event where series = :series and time < :bound")
                .bind("series", series)
                .bind("bound", bound)
                .execute();
    }

    /** Usage of all subjects together has changed as well. */
    private static void finish(Handle handle, Pending pending) {
        handle.execute("delete from series where id = ?", pending.series());
        handle.execute("delete from erasure where series = ?", pending.series());
        long number = handle.createQuery("""
                        update change_head set number = number + 1 where one = 1
                        returning number""").mapTo(long.class).one();
        handle.createUpdate("""
                        update type_change set changed = :number
                        where namespace = :namespace and type = :type""")
                .bind("number", number)
                .bind("namespace", pending.namespace())
                .bind("type", pending.type())
                .execute();
    }
}
