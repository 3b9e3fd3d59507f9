package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.Chore;
import io.meterport.adapters.postgres.server.Micros;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Deletes the events before the horizon: partitions that end before it are dropped, the rest row by
 * row. What the events came to by the minute goes with them, since nobody can ask for it any more.
 */
final class OldEvents implements Chore {
    private static final int MOST_EVENTS = 5_000;
    private static final long MICROS_PER_MINUTE = 60_000_000;

    @Override
    public boolean step(Handle handle) throws SQLException {
        long horizon = Micros.of(Upkeep.read(handle).horizon().moment());
        if (horizon == 0) {
            return false;
        }
        handle.execute("select set_config('statement_timeout', '0', true)");
        Optional<YearMonth> first = Months.existing(handle).stream()
                .filter(month -> Months.end(month) <= horizon)
                .findFirst();
        if (first.isPresent()) {
            drop(handle, first.get(), horizon);
            return true;
        }
        return deleteSome(handle, horizon);
    }

    /** Whoever reads a state of the time before the horizon was raised is told to look again. */
    private static void drop(Handle handle, YearMonth month, long horizon) {
        handle.createQuery("""
                        select setval('event_dropped', greatest(last_value, :horizon))
                        from event_dropped""").bind("horizon", horizon).mapTo(long.class).one();
        Months.drop(handle, month);
    }

    private static boolean deleteSome(Handle handle, long horizon) {
        int deleted = 0;
        for (long namespace : namespaces(handle)) {
            deleted += handle.createUpdate(
                            "delete from event where namespace = :namespace and time < :before")
                    .bind("namespace", namespace)
                    .bind("before", bound(handle, namespace, horizon))
                    .execute();
        }
        long minute = horizon / MICROS_PER_MINUTE;
        for (String table : List.of("minute_total", "minute_part")) {
            deleted += handle.createUpdate("delete from " + table + " where minute < :before")
                    .bind("before", minute)
                    .execute();
        }
        return deleted > 0;
    }

    private static List<Long> namespaces(Handle handle) {
        return handle.createQuery("select id from namespace order by id")
                .mapTo(long.class)
                .list();
    }

    /** A moment before which there are not too many events. */
    private static long bound(Handle handle, long namespace, long horizon) {
        return handle.createQuery("""
                        select time + 1 from event
                        where namespace = :namespace and time < :horizon
                        order by time offset :most limit 1""")
                .bind("namespace", namespace)
                .bind("horizon", horizon)
                .bind("most", MOST_EVENTS)
                .mapTo(long.class)
                .findOne()
                .map(bound -> Math.min(bound, horizon))
                .orElse(horizon);
    }
}
