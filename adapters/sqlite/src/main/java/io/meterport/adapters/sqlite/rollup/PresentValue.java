package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.RowSum;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;

/** A value that a meter of distinct values saw in one hour, series and combination. */
record PresentValue(long build, long series, long hour, int combination, ValueHash value)
        implements Comparable<PresentValue> {
    /** As they are stored, so that neighbours are written together. */
    private static final Comparator<PresentValue> ORDER = Comparator.comparingLong(
                    PresentValue::build)
            .thenComparingLong(PresentValue::series)
            .thenComparingLong(PresentValue::hour)
            .thenComparingInt(PresentValue::combination)
            .thenComparing(PresentValue::value);

    private static final String PUT = """
            insert into presence (build, series, hour, combination, value, sum)
            values (?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    void write(Session session) throws SQLException {
        PreparedStatement statement = session.prepare(PUT);
        statement.setLong(1, build);
        statement.setLong(2, series);
        statement.setLong(3, hour);
        statement.setInt(4, combination);
        statement.setBytes(5, value.bytes());
        statement.setInt(6, sum(new RowSum(), value.bytes()));
        statement.executeUpdate();
    }

    private int sum(RowSum sum, byte[] bytes) {
        return sum.of(build).and(series).and(hour).and(combination).and(bytes).value();
    }

    @Override
    public int compareTo(PresentValue other) {
        return ORDER.compare(this, other);
    }
}
