package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.MeteredEvent;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * The partitions of a month each, made before the first event of the month is stored. Times long ago
 * or far ahead share one partition each, so that nobody can have thousands made. Thread-safe.
 */
public final class Months {
    private static final YearMonth FIRST = YearMonth.of(2010, 1);
    private static final YearMonth LAST = YearMonth.of(2069, 12);
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final String PREFIX = "event_";

    /** Held by who makes or drops partitions; the number means nothing, and is nobody else's. */
    private static final long LOCK = 0x6d657465726d6f6eL;

    private final Transactions transactions;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

    Months(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Makes sure that there is room for these events. */
    void require(List<MeteredEvent> events) {
        Set<YearMonth> missing = new TreeSet<>();
        long start = 1;
        long end = 0;
        for (MeteredEvent each : events) {
            long micros = Micros.of(each.event().time());
            if (micros < start || micros >= end) { // Mostly of the same month as the one before.
                YearMonth month = month(each.event().time());
                start = micros(month);
                end = micros(month.plusMonths(1));
                if (isOwn(month) && !known.contains(month)) {
                    missing.add(month);
                }
            }
        }
        missing.forEach(this::make);
    }

    /** The months that have partitions, the oldest first. */
    static List<YearMonth> existing(Handle handle) {
        return handle.createQuery("""
                        select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
                        where inhparent = 'event'::regclass and relname ~ '^event_[0-9]{4}_[0-9]{2}$'
                        order by relname""").mapTo(String.class).map(Months::of).list();
    }

    /** Drops what there is of that month, in a transaction that waits for nobody for long. */
    static void drop(Handle handle, YearMonth month) {
        handle.execute("select pg_advisory_xact_lock(?)", LOCK);
        handle.execute("select set_config('lock_timeout', '500', true)");
        for (String table : List.of("event", "minute_total", "minute_part")) {
            handle.execute("drop table if exists " + name(table, month));
        }
    }

    /** When that month ends, in microseconds. */
    static long end(YearMonth month) {
        return micros(month.plusMonths(1));
    }

    private static YearMonth of(String relation) {
        String digits = relation.substring(PREFIX.length());
        return YearMonth.parse(digits.replace('_', '-'));
    }

    private static boolean isOwn(YearMonth month) {
        return !month.isBefore(FIRST) && !month.isAfter(LAST);
    }

    private void make(YearMonth month) {
        transactions.write(handle -> {
            make(handle, month);
            return true;
        });
        known.add(month);
    }

    /** Makes sure that there is room for events at that time, in a transaction of the caller's. */
    public static void require(Handle handle, Instant time) {
        YearMonth month = month(time);
        if (isOwn(month)) {
            make(handle, month);
        }
    }

    private static void make(Handle handle, YearMonth month) {
        handle.execute("select pg_advisory_xact_lock(?)", LOCK);
        boolean exists = handle.createQuery("select to_regclass(:name) is not null")
                .bind("name", name("event", month))
                .mapTo(boolean.class)
                .one();
        if (!exists) {
            long from = micros(month);
            long to = micros(month.plusMonths(1));
            make(handle, "event", month, from, to);
            long first = from / MICROS_PER_MINUTE;
            long end = to / MICROS_PER_MINUTE;
            make(handle, "minute_total", month, first, end);
            make(handle, "minute_part", month, first, end);
        }
    }

    /** Attaching locks out nobody who reads or writes the other partitions. */
    private static void make(Handle handle, String table, YearMonth month, long from, long to) {
        String name = name(table, month);
        List<String> statements = new ArrayList<>();
        statements.add("create table " + name + " (like " + table
                + " including defaults including constraints)");
        if (table.startsWith("minute")) {
            statements.add("alter table " + name
                    + " set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05)");
        }
        statements.add("alter table " + table + " attach partition " + name + " for values from ("
                + from + ") to (" + to + ")");
        statements.forEach(handle::execute);
    }

    private static String name(String table, YearMonth month) {
        return String.format(
                Locale.ROOT, "%s_%04d_%02d", table, month.getYear(), month.getMonthValue());
    }

    private static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }

    private static long micros(YearMonth month) {
        return Micros.of(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
