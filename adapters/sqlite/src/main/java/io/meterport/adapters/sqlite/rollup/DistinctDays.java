package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** How many different values series have on UTC days, where that was counted. */
public final class DistinctDays {
    /** Takes the counts one by one. */
    @FunctionalInterface
    public interface Visitor {
        void visit(long day, long count) throws SQLException;
    }

    /** Takes the counts of all builds and series, each with what its values come to. */
    @FunctionalInterface
    public interface Recount {
        void visit(long series, long day, long count, long values) throws SQLException;
    }

    static final String READ = """
            select day, count, sum from distinct_day
            where build = ? and series = ? and day >= ? and day < ?""";

    private static final String RECOUNT = """
            select series, day, count, (
                select count(distinct value) from presence
                where presence.build = distinct_day.build
                    and presence.series = distinct_day.series
                    and presence.day = distinct_day.day)
            from distinct_day where build = ?""";

    private static final String ALL = "select build, series, day, count, sum from distinct_day";

    private static final String DELETE = """
            delete from distinct_day where build = ? and series = ? and day = ?""";

    private DistinctDays() {}

    /** Shows the counts of the series on those of these days that have one. */
    public static void read(Session session, long build, long series, Stretch days, Visitor visitor)
            throws SQLException {
        PreparedStatement statement = session.prepare(READ);
        statement.setLong(1, build);
        statement.setLong(2, series);
        statement.setLong(3, days.from());
        statement.setLong(4, days.to());
        RowSum sum = new RowSum();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long day = row.getLong(1);
                long count = row.getLong(2);
                sum.of(build).and(series).and(day).and(count);
                sum.require(row.getLong(3), "distinct_day");
                visitor.visit(day, count);
            }
        }
    }

    /** The count of one day; empty if it has none. */
    static OptionalLong count(Session session, DistinctDay of) throws SQLException {
        long[] found = {-1};
        Stretch day = new Stretch(of.day(), of.day() + 1);
        read(session, of.build(), of.series(), day, (at, count) -> found[0] = count);
        return found[0] < 0 ? OptionalLong.empty() : OptionalLong.of(found[0]);
    }

    /** Counts the values of every day of a build anew. */
    public static void recount(Session session, long build, Recount visitor) throws SQLException {
        PreparedStatement statement = session.prepare(RECOUNT);
        statement.setLong(1, build);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                session.requireTime();
                visitor.visit(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        }
    }

    /**
     * Reads all counts.
     *
     * @throws SQLException if one is not as it was written
     */
    public static void check(Session session) throws SQLException {
        RowSum sum = new RowSum();
        try (ResultSet row = session.prepare(ALL).executeQuery()) {
            while (row.next()) {
                session.requireTime();
                sum.of(row.getLong(1)).and(row.getLong(2)).and(row.getLong(3)).and(row.getLong(4));
                sum.require(row.getLong(5), "distinct_day");
            }
        }
    }

    static void delete(Session session, DistinctDay of) throws SQLException {
        PreparedStatement statement = session.prepare(DELETE);
        statement.setLong(1, of.build());
        statement.setLong(2, of.series());
        statement.setLong(3, of.day());
        statement.executeUpdate();
    }
}
