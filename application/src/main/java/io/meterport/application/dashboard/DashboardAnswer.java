package io.meterport.application.dashboard;

import io.meterport.domain.usage.Window;
import io.meterport.domain.usage.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A usage page.
 *
 * @param asOf when the last event was stored that could count for it: of the meters' types, and of
 *     the subjects asked about if any are named; absent if there is none
 * @param completeUntil all events stored before this are in it
 */
public record DashboardAnswer(
        Window period,
        ZoneId zone,
        Optional<WindowSize> windowSize,
        Optional<Instant> asOf,
        Instant completeUntil,
        List<MeterAnswer> meters) {
    public DashboardAnswer {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(windowSize, "windowSize");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(completeUntil, "completeUntil");
        meters = List.copyOf(meters);
    }
}
