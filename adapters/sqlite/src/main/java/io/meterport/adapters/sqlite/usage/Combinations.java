package io.meterport.adapters.sqlite.usage;

import io.meterport.adapters.sqlite.event.StoredCombinations;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.domain.usage.Grouping;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which combinations of dimension values a query asks for, and under which group; worked out once
 * for each that is met. Not thread-safe.
 */
final class Combinations {
    private final Session session;
    private final long build;
    private final Grouping grouping;
    private final int dimensions;
    private final Map<Integer, Optional<List<String>>> groups = new HashMap<>();

    Combinations(Session session, long build, Grouping grouping, int dimensions) {
        this.session = session;
        this.build = build;
        this.grouping = grouping;
        this.dimensions = dimensions;
    }

    /** The group of that combination; empty if it is not asked for. */
    Optional<List<String>> group(int combination) throws SQLException {
        Optional<List<String>> known = groups.get(combination);
        if (known == null) {
            List<String> texts = StoredCombinations.texts(session, build, combination, dimensions);
            known = grouping.matches(texts)
                    ? Optional.of(grouping.project(texts))
                    : Optional.empty();
            groups.put(combination, known);
        }
        return known;
    }
}
