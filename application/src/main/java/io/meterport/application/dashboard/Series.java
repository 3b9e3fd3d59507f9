package io.meterport.application.dashboard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The usage of one group over time.
 *
 * @param group one text for each dimension grouped by; empty for all groups that are not told apart
 * @param total over the whole period, not a sum of the points
 */
public record Series(List<String> group, Optional<BigDecimal> total, List<Point> points) {
    public Series {
        group = List.copyOf(group);
        Objects.requireNonNull(total, "total");
        points = List.copyOf(points);
    }
}
