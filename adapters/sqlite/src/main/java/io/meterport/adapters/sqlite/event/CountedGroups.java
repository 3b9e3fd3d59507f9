package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Under which dimension values a build has counted events, for whoever counts them anew. Belongs to
 * one state of the file; not thread-safe.
 */
public final class CountedGroups {
    private static final int MOST_REMEMBERED = 100_000;

    private final Session session;
    private final OptionalLong build;
    private final boolean folds;
    private final Map<List<String>, List<String>> known = new HashMap<>();

    /**
     * @param build the one that counts for the meter as it is asked for; empty if none does
     */
    public CountedGroups(Session session, OptionalLong build) throws SQLException {
        this.session = session;
        this.build = build;
        this.folds = build.isPresent()
                && StoredCombinations.has(session, build.getAsLong(), StoredCombinations.REST);
    }

    /** What an event with these values, one for each dimension, counts under. */
    public List<String> of(List<String> values) throws SQLException {
        if (!folds || values.isEmpty()) {
            return values;
        }
        List<String> group = known.get(values);
        if (group == null) {
            group = StoredCombinations.has(session, build.orElseThrow(), values)
                    ? values
                    : StoredCombinations.rest(values.size());
            if (known.size() < MOST_REMEMBERED) {
                known.put(values, group);
            }
        }
        return group;
    }
}
