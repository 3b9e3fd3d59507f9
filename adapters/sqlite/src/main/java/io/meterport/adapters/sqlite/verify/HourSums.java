package io.meterport.adapters.sqlite.verify;

import io.meterport.adapters.sqlite.rollup.Cell;
import io.meterport.adapters.sqlite.rollup.Merge;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All numbers of one hour, as they are stored or as events give them: by minute and for the hour,
 * for each group of dimension values and in total. Not thread-safe.
 */
final class HourSums {
    /** The total of all groups. */
    static final List<String> TOTAL = List.of();
    /** The hour as a whole, instead of a minute. */
    static final long WHOLE = -1;

    /** Which number it is. */
    record Which(List<String> group, long minute) {
        @Override
        public String toString() {
            return (minute == WHOLE ? "" : ", minute " + minute % 60)
                    + (group.isEmpty() ? "" : ", group " + group);
        }
    }

    private final Merge merge;
    private final Map<Which, Cell> cells = new HashMap<>();
    private final Map<List<String>, Set<ValueHash>> values = new HashMap<>();

    HourSums(Merge merge) {
        this.merge = merge;
    }

    void add(List<String> group, long minute, Cell cell) {
        cells.computeIfAbsent(new Which(group, minute), which -> new Cell()).add(merge, cell);
    }

    void add(List<String> group, ValueHash value) {
        values.computeIfAbsent(group, missing -> new HashSet<>()).add(value);
    }

    /** Compares these, as they are stored, with those that the events give. */
    void compare(HourPlace place, HourSums counted, Report report) {
        Set<Which> all = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        all.addAll(cells.keySet());
        all.addAll(counted.cells.keySet());
        for (Which which : all) {
            Cell stored = cells.getOrDefault(which, new Cell());
            Cell right = counted.cells.getOrDefault(which, new Cell());
            report.compare(
                    stored.isSameAs(right),
                    place + "" + which + ": stored " + stored + ", events give " + right);
        }
        report.compare(values.equals(counted.values), place + ": the distinct values differ");
    }
}
