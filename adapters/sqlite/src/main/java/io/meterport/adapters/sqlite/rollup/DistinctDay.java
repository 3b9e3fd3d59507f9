package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * The values that a series has on a UTC day, and how many different ones there are, which is kept so
 * that a question by day reads one row instead of every value.
 */
record DistinctDay(long build, long series, long day) implements Comparable<DistinctDay> {
    /** As they are stored, so that neighbours are written together. */
    private static final Comparator<DistinctDay> ORDER = Comparator.comparingLong(
                    DistinctDay::build)
            .thenComparingLong(DistinctDay::series)
            .thenComparingLong(DistinctDay::day);

    static final String IS_KNOWN = """
            select exists (
                select 1 from presence where build = ? and series = ? and day = ? and value = ?)""";

    private static final String PUT_VALUE = """
            insert into presence (build, series, day, value, hour, combination, sum)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    static final String RECOUNT = """
            select count(distinct value) from presence
            where build = ? and series = ? and day = ?""";

    private static final String PUT_COUNT = """
            insert into distinct_day (build, series, day, count, sum) values (?, ?, ?, ?, ?)
            on conflict do update set count = excluded.count, sum = excluded.sum""";

    /** Adds values, and to the count those that are new on this day. */
    void add(Session session, SortedSet<PresentValue> values) throws SQLException {
        OptionalLong kept = DistinctDays.count(session, this);
        long before = kept.isPresent() ? kept.getAsLong() : recount(session);
        long count = before;
        for (PresentValue value : values) {
            byte[] hash = value.value().bytes();
            if (!isKnown(session, hash)) {
                count++;
            }
            put(session, value, hash);
        }
        if (kept.isEmpty() || count != before) {
            put(session, count);
        }
    }

    private boolean isKnown(Session session, byte[] hash) throws SQLException {
        PreparedStatement statement = prepare(session, IS_KNOWN);
        statement.setBytes(4, hash);
        return first(statement) != 0;
    }

    private void put(Session session, PresentValue value, byte[] hash) throws SQLException {
        RowSum sum = new RowSum().of(build).and(series).and(value.hour());
        sum.and(value.combination()).and(hash);
        PreparedStatement statement = prepare(session, PUT_VALUE);
        statement.setBytes(4, hash);
        statement.setLong(5, value.hour());
        statement.setInt(6, value.combination());
        statement.setInt(7, sum.value());
        statement.executeUpdate();
    }

    /** A file of an older layout has values of this day and no count. */
    private long recount(Session session) throws SQLException {
        return first(prepare(session, RECOUNT));
    }

    private void put(Session session, long count) throws SQLException {
        PreparedStatement statement = prepare(session, PUT_COUNT);
        statement.setLong(4, count);
        statement.setInt(
                5, new RowSum().of(build).and(series).and(day).and(count).value());
        statement.executeUpdate();
    }

    private PreparedStatement prepare(Session session, String sql) throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        statement.setLong(1, build);
        statement.setLong(2, series);
        statement.setLong(3, day);
        return statement;
    }

    private static long first(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public int compareTo(DistinctDay other) {
        return ORDER.compare(this, other);
    }
}
