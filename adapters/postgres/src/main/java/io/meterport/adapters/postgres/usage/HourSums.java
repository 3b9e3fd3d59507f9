package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.rollup.Cell;
import io.meterport.adapters.postgres.rollup.Hashes;
import io.meterport.adapters.postgres.rollup.RollupTable;
import io.meterport.adapters.postgres.rollup.Rollups;
import io.meterport.adapters.postgres.rollup.Target;
import io.meterport.domain.meter.Contribution;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What the events of one hour come to for one build, counted anew. Not thread-safe. */
final class HourSums {
    /** Of no combination, but of all. */
    static final List<String> TOTAL = List.of();

    /** The place of a row; the combination by its texts. */
    record Key(long series, long bucket, List<String> group) {}

    /** A value that was seen. */
    record Present(long series, List<String> group, UUID value) {}

    private final Target target;
    private final Map<RollupTable, Map<Key, Cell>> cells = new EnumMap<>(RollupTable.class);
    private final Set<Present> values = new LinkedHashSet<>();
    private final Set<Long> series = new TreeSet<>();

    HourSums(Target target) {
        this.target = target;
        for (RollupTable table : RollupTable.values()) {
            cells.put(table, new LinkedHashMap<>());
        }
    }

    /**
     * Adds what an event gives.
     *
     * @param counted the dimension values that it counts under
     */
    void add(long of, long micros, Contribution gives, List<String> counted) {
        Cell cell = Cell.of(target.merge(), micros, gives.value());
        series.add(of);
        series.add(Rollups.ALL);
        for (RollupTable table : RollupTable.values()) {
            boolean isKept = (table.ofHours() || !target.countsDistinct())
                    && (!table.ofParts() || target.hasParts());
            if (isKept) {
                long bucket = Math.floorDiv(micros, table.ofHours() ? Cut.HOUR : Cut.MINUTE);
                List<String> group = table.ofParts() ? counted : TOTAL;
                add(table, new Key(of, bucket, group), cell);
                add(table, new Key(Rollups.ALL, bucket, group), cell);
            }
        }
        if (gives.value() instanceof Contribution.Value.Text(String text)) {
            values.add(new Present(of, counted, Hashes.of(text)));
        }
    }

    /** What the rows of that table should be. */
    Map<Key, Cell> cells(RollupTable table) {
        return Objects.requireNonNull(cells.get(table));
    }

    /** The values that were seen. */
    Set<Present> values() {
        return values;
    }

    /** Those that have events, and the one that stands for all. */
    Set<Long> series() {
        return series;
    }

    private void add(RollupTable table, Key key, Cell cell) {
        cells(table).computeIfAbsent(key, missing -> new Cell()).add(target.merge(), cell);
    }
}
