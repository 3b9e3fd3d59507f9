package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.rollup.Cell;
import io.meterport.adapters.postgres.rollup.Merge;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a query has found so far. Not thread-safe. */
final class Findings {
    /** More distinct values than this are not counted. */
    private static final int MOST_DISTINCT = 2_000_000;

    /** Where something was found; the subject is absent where they are not told apart. */
    private record Place(int window, Optional<SubjectKey> subject, List<String> group) {}

    private static final class Found {
        private final Cell cell = new Cell();
        private final Set<UUID> values = new HashSet<>();
    }

    private final List<Window> windows;
    private final boolean apart;
    private final Merge merge;
    private final boolean countsDistinct;
    private final Map<Place, Found> found = new LinkedHashMap<>();
    private int distinctValues;

    Findings(UsageQuery query, List<Window> windows) {
        this.windows = windows;
        this.apart = query.subjects().apart();
        this.merge = Merge.of(query.meter().aggregation());
        this.countsDistinct = query.meter().aggregation() instanceof Aggregation.UniqueCount;
    }

    /** Adds events. */
    void add(int window, Optional<SubjectKey> subject, List<String> group, Cell cell) {
        at(window, subject, group).cell.add(merge, cell);
        if (found.size() > UsageQuery.MOST_ROWS) {
            throw new ProblemException(new Problem.Invalid(
                    "too-many-rows",
                    "an answer has at most " + UsageQuery.MOST_ROWS
                            + " rows; ask for a shorter range, larger windows or fewer groups"));
        }
    }

    /** Adds a value of events that are added as well. */
    void add(int window, Optional<SubjectKey> subject, List<String> group, UUID value) {
        if (at(window, subject, group).values.add(value) && ++distinctValues > MOST_DISTINCT) {
            throw new ProblemException(new Problem.Unavailable(
                    "query-timeout",
                    "The query has too many distinct values; shorten the range.",
                    Duration.ofSeconds(1)));
        }
    }

    /** All that was found. */
    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>(found.size());
        found.forEach((place, each) -> readings.add(new Reading(
                windows.get(place.window()),
                place.subject(),
                place.group(),
                countsDistinct ? each.cell.tally(each.values.size()) : each.cell.tally())));
        return List.copyOf(readings);
    }

    private Found at(int window, Optional<SubjectKey> subject, List<String> group) {
        Place place = new Place(window, apart ? subject : Optional.empty(), group);
        return found.computeIfAbsent(place, missing -> new Found());
    }
}
