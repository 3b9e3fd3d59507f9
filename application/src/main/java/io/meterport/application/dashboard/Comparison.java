package io.meterport.application.dashboard;

import io.meterport.domain.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The period before.
 *
 * @param period all of it; the points cover all of it too
 * @param comparedTo the totals are compared up to here: the same elapsed time while the period
 *     compared with is not over
 * @param total of the period before, up to {@code comparedTo}
 * @param delta the total of the period less this one; absent where either is
 */
public record Comparison(
        Window period,
        Instant comparedTo,
        Optional<BigDecimal> total,
        Optional<BigDecimal> delta,
        List<Point> points) {
    public Comparison {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(comparedTo, "comparedTo");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(delta, "delta");
        points = List.copyOf(points);
    }
}
