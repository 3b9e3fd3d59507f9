package io.meterport.adapters.postgres.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** A value that a meter of distinct values has seen. */
record PresentValue(long build, long series, long hour, int combination, UUID value) {
    private static final Comparator<PresentValue> ORDER = Comparator.comparingLong(
                    PresentValue::build)
            .thenComparingLong(PresentValue::series)
            .thenComparingLong(PresentValue::hour)
            .thenComparingInt(PresentValue::combination)
            .thenComparing(PresentValue::value);

    private static final String INSERT = """
            insert into presence (build, series, hour, combination, value)
            select * from unnest(?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::uuid[])
            on conflict do nothing""";

    /** Stores those that are not stored yet. */
    static void write(Connection connection, Collection<PresentValue> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        List<PresentValue> sorted = values.stream().sorted(ORDER).toList();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            Arrays arrays = new Arrays(connection, insert);
            arrays.longs(1, sorted.stream().mapToLong(PresentValue::build).toArray());
            arrays.longs(2, sorted.stream().mapToLong(PresentValue::series).toArray());
            arrays.ints(3, sorted.stream().mapToInt(each -> (int) each.hour()).toArray());
            arrays.ints(4, sorted.stream().mapToInt(PresentValue::combination).toArray());
            arrays.uuids(5, sorted.stream().map(PresentValue::value).toArray(UUID[]::new));
            insert.executeUpdate();
        }
    }
}
