package io.meterport.adapters.sqlite.rollup;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Cells that one transaction adds to one page of a series. Not thread-safe. */
final class PendingPage implements Comparable<PendingPage> {
    private static final CellMap NONE = new CellMap();

    private final Level level;
    private final BuildTarget target;
    private final long series;
    private final long page;
    private final CellMap totals = new CellMap();
    private final Map<Integer, CellMap> parts = new TreeMap<>();

    PendingPage(Level level, BuildTarget target, long series, long page) {
        this.level = level;
        this.target = target;
        this.series = series;
        this.page = page;
    }

    Level level() {
        return level;
    }

    BuildTarget target() {
        return target;
    }

    long series() {
        return series;
    }

    long page() {
        return page;
    }

    void add(long micros, int combination, Cell cell) {
        int slot = (int) (level.bucket(micros) - page * level.slots());
        totals.at(slot).add(target.merge(), cell);
        if (target.hasParts()) {
            int key = combination % Level.BLOCK * level.slots() + slot;
            parts.computeIfAbsent(combination / Level.BLOCK, block -> new CellMap())
                    .at(key)
                    .add(target.merge(), cell);
        }
    }

    /** The blocks that it touches, in rising order; the totals are in the first. */
    Set<Integer> blocks() {
        Set<Integer> blocks = new TreeSet<>(parts.keySet());
        blocks.add(0);
        return blocks;
    }

    CellMap totals(int block) {
        return block == 0 ? totals : NONE;
    }

    CellMap parts(int block) {
        return parts.getOrDefault(block, NONE);
    }

    /** In the order in which they are stored, so that neighbours are written together. */
    @Override
    public int compareTo(PendingPage other) {
        int byLevel = level.compareTo(other.level);
        int byBuild = byLevel != 0 ? byLevel : Long.compare(target.number(), other.target.number());
        int bySeries = byBuild != 0 ? byBuild : Long.compare(series, other.series);
        return bySeries != 0 ? bySeries : Long.compare(page, other.page);
    }
}
