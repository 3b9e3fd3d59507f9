package io.meterport.adapters.sqlite.usage;

import io.meterport.adapters.sqlite.rollup.Cell;
import io.meterport.adapters.sqlite.rollup.CellMap;
import io.meterport.adapters.sqlite.rollup.Merge;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a query has found so far, for one subject after the other. Not thread-safe. */
final class Findings {
    /** More distinct values at a time than this are not counted. */
    private static final int MOST_DISTINCT = 4_000_000;

    /** What was found of one group. */
    final class Found {
        private final CellMap cells = new CellMap();
        private final Map<Integer, DistinctValues> distinct = new HashMap<>();
        private final Map<Integer, Long> counted = new HashMap<>();

        /** Adds events to a window. */
        void add(int window, Cell cell) {
            int before = cells.size();
            cells.at(window).add(merge, cell);
            if (cells.size() > before) {
                requireRoom();
            }
        }

        /** Adds a value to a window. */
        void add(int window, ValueHash value) {
            if (distinct.computeIfAbsent(window, missing -> new DistinctValues())
                            .add(value)
                    && ++distinctValues > MOST_DISTINCT) {
                throw new ProblemException(new Problem.Unavailable(
                        "query-timeout",
                        "The query has too many distinct values; shorten the range.",
                        Duration.ofSeconds(1)));
            }
        }

        /** Says how many values a window has, instead of adding them. */
        void count(int window, long values) {
            counted.put(window, values);
        }

        private long values(int window) {
            DistinctValues values = distinct.get(window);
            return values == null ? counted.getOrDefault(window, 0L) : values.size();
        }

        private void addReadings(Optional<SubjectKey> subject, List<String> group) {
            for (int window : cells.keys()) {
                Cell cell = cells.at(window);
                readings.add(new Reading(
                        windows.get(window),
                        subject,
                        group,
                        countsDistinct ? cell.tally(values(window)) : cell.tally()));
            }
        }
    }

    private final List<Window> windows;
    private final Merge merge;
    private final boolean countsDistinct;
    private final Map<List<String>, Found> groups = new LinkedHashMap<>();
    private final List<Reading> readings = new ArrayList<>();
    private int rows;
    private int distinctValues;

    Findings(UsageQuery query, List<Window> windows) {
        this.windows = windows;
        this.merge = Merge.of(query.meter().aggregation());
        this.countsDistinct = query.meter().aggregation() instanceof Aggregation.UniqueCount;
    }

    /** What was found of that group of the present subject. */
    Found of(List<String> group) {
        return groups.computeIfAbsent(group, missing -> new Found());
    }

    /** Ends the present subject. */
    void finish(Optional<SubjectKey> subject) {
        groups.forEach((group, found) -> found.addReadings(subject, group));
        groups.clear();
        distinctValues = 0;
    }

    /** All that was found. */
    List<Reading> readings() {
        return List.copyOf(readings);
    }

    private void requireRoom() {
        if (++rows > UsageQuery.MOST_ROWS) {
            throw new ProblemException(new Problem.Invalid(
                    "too-many-rows",
                    "an answer has at most " + UsageQuery.MOST_ROWS
                            + " rows; ask for a shorter range, larger windows or fewer groups"));
        }
    }
}
