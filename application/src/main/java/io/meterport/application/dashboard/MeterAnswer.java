package io.meterport.application.dashboard;

import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.SubjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a usage page shows of one meter.
 *
 * @param subject whose usage it is; absent if it is everybody's together
 * @param all the series of all events
 * @param groups the series of the groups told apart, greatest first; none if nothing was grouped by
 * @param other the series of all other groups
 */
public record MeterAnswer(
        Meter meter,
        Optional<SubjectKey> subject,
        List<DimensionKey> groupBy,
        Series all,
        List<Series> groups,
        Optional<Series> other,
        Optional<Comparison> previous) {
    public MeterAnswer {
        Objects.requireNonNull(meter, "meter");
        Objects.requireNonNull(subject, "subject");
        groupBy = List.copyOf(groupBy);
        Objects.requireNonNull(all, "all");
        groups = List.copyOf(groups);
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(previous, "previous");
    }
}
