package io.meterport.application.dashboard;

import io.meterport.domain.problem.Require;
import io.meterport.domain.usage.WindowSize;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a usage page asks for in one call.
 *
 * @param zone absent means the token's hint, or UTC
 * @param windowSize absent means totals only
 * @param series 1 to {@value #MOST_SERIES}
 */
public record DashboardRequest(
        Period period,
        Optional<ZoneId> zone,
        Optional<WindowSize> windowSize,
        List<SeriesRequest> series) {
    /** The most meters of one call. */
    public static final int MOST_SERIES = 20;

    public DashboardRequest {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(windowSize, "windowSize");
        series = List.copyOf(series);
        Require.that(
                !series.isEmpty() && series.size() <= MOST_SERIES,
                "invalid-body",
                "meters must have 1 to " + MOST_SERIES + " entries");
    }
}
