package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Damage;
import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The values that a meter of distinct values has seen. */
public final class PresentValues {
    /** Takes the values one by one. */
    @FunctionalInterface
    public interface Visitor {
        void visit(int combination, long hour, ValueHash value) throws SQLException;
    }

    static final String READ = """
            select hour, combination, value, sum, day from presence
            where build = ? and series = ? and day >= ? and day < ? and hour >= ? and hour < ?""";

    private static final String ALL =
            "select build, series, hour, combination, value, sum, day from presence";

    private static final String TABLE = "presence";

    private PresentValues() {}

    /** Shows the values of the series in these hours, once for each hour and combination. */
    public static void read(
            Session session, long build, long series, Stretch hours, Visitor visitor)
            throws SQLException {
        PreparedStatement statement = session.prepare(READ);
        statement.setLong(1, build);
        statement.setLong(2, series);
        statement.setLong(3, Level.HOURS.page(hours.from()));
        statement.setLong(4, Level.HOURS.page(hours.to() - 1) + 1);
        statement.setLong(5, hours.from());
        statement.setLong(6, hours.to());
        RowSum sum = new RowSum();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                byte[] value = row.getBytes(3);
                sum.of(build).and(series).and(row.getLong(1)).and(row.getInt(2)).and(value);
                sum.require(row.getLong(4), TABLE);
                requireDay(row.getLong(1), row.getLong(5));
                visitor.visit(row.getInt(2), row.getLong(1), ValueHash.of(value));
            }
        }
    }

    /**
     * Reads all values.
     *
     * @throws SQLException if one is not as it was written
     */
    public static void check(Session session) throws SQLException {
        all(session, (build, series, hour, combination, value) -> {});
    }

    /** Takes the values of all builds and series. */
    @FunctionalInterface
    public interface RowVisitor {
        void visit(long build, long series, long hour, int combination, byte[] value)
                throws SQLException;
    }

    /**
     * Shows all values.
     *
     * @throws SQLException if one is not as it was written
     */
    public static void all(Session session, RowVisitor visitor) throws SQLException {
        PreparedStatement statement = session.prepare(ALL);
        RowSum sum = new RowSum();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                session.requireTime();
                byte[] value = row.getBytes(5);
                sum.of(row.getLong(1)).and(row.getLong(2)).and(row.getLong(3));
                sum.and(row.getLong(4)).and(value);
                sum.require(row.getLong(6), TABLE);
                requireDay(row.getLong(3), row.getLong(7));
                visitor.visit(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), value);
            }
        }
    }

    private static void requireDay(long hour, long day) throws SQLException {
        if (Level.HOURS.page(hour) != day) {
            throw Damage.found("a row of the table " + TABLE);
        }
    }
}
