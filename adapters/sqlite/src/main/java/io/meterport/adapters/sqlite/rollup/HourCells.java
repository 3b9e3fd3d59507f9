package io.meterport.adapters.sqlite.rollup;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The minutes of an hour that one transaction adds to a series, by combination. Not thread-safe. */
final class HourCells implements Comparable<HourCells> {
    private static final Comparator<HourCells> ORDER = Comparator.comparingLong(HourCells::hour)
            .thenComparingLong(cells -> cells.target.number())
            .thenComparingLong(HourCells::series);

    private final BuildTarget target;
    private final long series;
    private final long hour;
    private final Map<Integer, CellMap> blocks = new TreeMap<>();

    HourCells(BuildTarget target, long series, long hour) {
        this.target = target;
        this.series = series;
        this.hour = hour;
    }

    BuildTarget target() {
        return target;
    }

    long series() {
        return series;
    }

    long hour() {
        return hour;
    }

    /** By block; the keys of cells are those of a page of minutes. */
    Map<Integer, CellMap> blocks() {
        return blocks;
    }

    void add(long micros, int combination, Cell cell) {
        int minute = (int) (Level.MINUTES.bucket(micros) - hour * Level.MINUTES.slots());
        blocks.computeIfAbsent(combination / Level.BLOCK, block -> new CellMap())
                .at(combination % Level.BLOCK * Level.MINUTES.slots() + minute)
                .add(target.merge(), cell);
    }

    /** In the order of the recent rows. */
    @Override
    public int compareTo(HourCells other) {
        return ORDER.compare(this, other);
    }
}
