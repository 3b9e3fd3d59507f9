package io.meterport.application.dashboard;

import io.meterport.domain.problem.Require;
import io.meterport.domain.usage.Filter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a usage page shows of one meter.
 *
 * @param meter its slug, as it was sent
 * @param groupBy names of dimensions
 * @param top how many groups are told apart at most, 1 to {@value #MOST_GROUPS}
 * @param compare whether the period before is shown too
 * @param cumulative whether each point says what has come together so far; sums and counts only
 * @param fill whether windows without events are listed
 */
public record SeriesRequest(
        String meter,
        List<String> groupBy,
        int top,
        Map<String, Filter> filters,
        boolean compare,
        boolean cumulative,
        boolean fill) {
    /** The most groups told apart. */
    public static final int MOST_GROUPS = 100;

    public SeriesRequest {
        Objects.requireNonNull(meter, "meter");
        groupBy = List.copyOf(groupBy);
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
        Require.that(
                top >= 1 && top <= MOST_GROUPS, "invalid-body", "top must be 1 to " + MOST_GROUPS);
    }
}
