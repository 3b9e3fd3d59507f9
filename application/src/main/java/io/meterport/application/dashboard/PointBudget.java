package io.meterport.application.dashboard;

import io.meterport.domain.problem.Require;
import io.meterport.domain.usage.UsageQuery;

/** How many points a usage page has room for, all its series together. Not thread-safe. */
public final class PointBudget {
    private long left = UsageQuery.MOST_ROWS;

    /** Takes room for so many more, or refuses the page with {@code too-many-rows}. */
    void take(long points) {
        Require.that(
                points <= left,
                "too-many-rows",
                "an answer has at most " + UsageQuery.MOST_ROWS
                        + " points; ask for a shorter period, larger windows, fewer groups or fewer"
                        + " meters");
        left -= points;
    }
}
