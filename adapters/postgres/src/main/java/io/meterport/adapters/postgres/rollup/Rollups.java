package io.meterport.adapters.postgres.rollup;

import io.meterport.domain.meter.Contribution;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the events of one transaction come to. They are added up here, so that each row is written
 * once; rows are written in one order by everybody. Not thread-safe.
 */
public final class Rollups {
    /** The series that stands for all of a type. */
    public static final long ALL = 0;
    /** How many minutes an hour has. */
    static final long MINUTES = 60;

    private static final long MICROS_PER_MINUTE = 60_000_000;

    private record Sum(Target target, Cell cell) {}

    private final Map<Place, Sum> finest = new HashMap<>();
    private final Set<PresentValue> values = new HashSet<>();

    /** Adds what an event gives. */
    public void add(
            Target target, long series, long micros, int combination, Contribution.Value value) {
        long minute = micros / MICROS_PER_MINUTE;
        Place place = new Place(target.build(), series, minute, combination);
        Cell cell = Cell.of(target.merge(), micros, value);
        Sum known = finest.putIfAbsent(place, new Sum(target, cell));
        if (known != null) {
            known.cell().add(target.merge(), cell);
        }
        if (value instanceof Contribution.Value.Text(String text)) {
            values.add(new PresentValue(
                    target.build(), series, minute / MINUTES, combination, Hashes.of(text)));
        }
    }

    /** Writes all of it; the rows of all series together come last. */
    public void write(Connection connection) throws SQLException {
        if (finest.isEmpty()) {
            return;
        }
        Sums sums = new Sums();
        finest.forEach((place, sum) -> sums.add(place, sum.target(), sum.cell()));
        sums.write(connection, false);
        PresentValue.write(connection, values);
        sums.write(connection, true);
    }

    /** The same events as rows of each table. */
    private static final class Sums {
        private final Map<Place, Sum> hourTotals = new HashMap<>();
        private final Map<Place, Sum> hourParts = new HashMap<>();
        private final Map<Place, Sum> minuteTotals = new HashMap<>();
        private final Map<Place, Sum> minuteParts = new HashMap<>();

        void add(Place place, Target target, Cell cell) {
            addLevels(place, target, cell);
            addLevels(place.ofAllSeries(), target, cell);
        }

        private void addLevels(Place place, Target target, Cell cell) {
            if (!target.countsDistinct()) {
                merge(minuteTotals, place.total(), target, cell);
                if (target.hasParts()) {
                    merge(minuteParts, place, target, cell);
                }
            }
            merge(hourTotals, place.inHour().total(), target, cell);
            if (target.hasParts()) {
                merge(hourParts, place.inHour(), target, cell);
            }
        }

        private static void merge(Map<Place, Sum> into, Place place, Target target, Cell cell) {
            into.computeIfAbsent(place, missing -> new Sum(target, new Cell()))
                    .cell()
                    .add(target.merge(), cell);
        }

        void write(Connection connection, boolean ofAllSeries) throws SQLException {
            write(connection, RollupTable.HOUR_TOTAL, hourTotals, ofAllSeries);
            write(connection, RollupTable.HOUR_PART, hourParts, ofAllSeries);
            write(connection, RollupTable.MINUTE_TOTAL, minuteTotals, ofAllSeries);
            write(connection, RollupTable.MINUTE_PART, minuteParts, ofAllSeries);
        }

        private static void write(
                Connection connection, RollupTable table, Map<Place, Sum> sums, boolean ofAllSeries)
                throws SQLException {
            List<Place> places = new ArrayList<>();
            for (Place place : sums.keySet()) {
                if ((place.series() == ALL) == ofAllSeries) {
                    places.add(place);
                }
            }
            if (places.isEmpty()) {
                return;
            }
            places.sort(null);
            RollupRows rows = new RollupRows(places.size());
            for (Place place : places) {
                Sum sum = Objects.requireNonNull(sums.get(place));
                rows.add(place, sum.target().merge(), sum.cell());
            }
            rows.upsert(connection, table);
        }
    }
}
