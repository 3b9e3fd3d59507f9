package io.meterport.adapters.postgres.rollup;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Rows to be written by one statement, column by column. Not thread-safe. */
final class RollupRows {
    private final long[] builds;
    private final long[] series;
    private final long[] buckets;
    private final int[] combinations;
    private final Short[] kinds;
    private final long[] events;
    private final long[] values;
    private final long[] at;
    private final BigDecimal[] numbers;
    private final Short[] first;
    private final Short[] last;
    private int size;

    RollupRows(int rows) {
        builds = new long[rows];
        series = new long[rows];
        buckets = new long[rows];
        combinations = new int[rows];
        kinds = new Short[rows];
        events = new long[rows];
        values = new long[rows];
        at = new long[rows];
        numbers = new BigDecimal[rows];
        first = new Short[rows];
        last = new Short[rows];
    }

    void add(Place place, Merge merge, Cell cell) {
        builds[size] = place.build();
        series[size] = place.series();
        buckets[size] = place.bucket();
        combinations[size] = place.combination();
        kinds[size] = merge.code();
        events[size] = cell.events;
        values[size] = cell.values;
        at[size] = cell.at;
        numbers[size] = cell.number;
        first[size] = (short) (cell.firstMinute % Rollups.MINUTES);
        last[size] = (short) (cell.lastMinute % Rollups.MINUTES);
        size++;
    }

    void upsert(Connection connection, RollupTable table) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(table.upsert())) {
            Arrays arrays = new Arrays(connection, upsert);
            int parameter = 1;
            arrays.longs(parameter++, builds);
            arrays.longs(parameter++, series);
            arrays.longs(parameter++, buckets);
            if (table.ofParts()) {
                arrays.ints(parameter++, combinations);
            }
            arrays.of(parameter++, "int2", kinds);
            arrays.longs(parameter++, events);
            arrays.longs(parameter++, values);
            arrays.longs(parameter++, at);
            arrays.of(parameter++, "numeric", numbers);
            if (table.ofHours()) {
                arrays.of(parameter++, "int2", first);
                arrays.of(parameter, "int2", last);
            }
            upsert.executeUpdate();
        }
    }
}
