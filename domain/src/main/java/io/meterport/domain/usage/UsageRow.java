package io.meterport.domain.usage;

import io.meterport.domain.subject.SubjectKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of an answer.
 *
 * @param window the natural window, which may reach beyond the range asked for
 * @param subject present exactly if the query tells subjects apart
 * @param group one text for each dimension the query groups by, in that order; {@code ""} where
 *     events have none
 * @param value exact, but for averages
 */
public record UsageRow(
        Window window, Optional<SubjectKey> subject, List<String> group, BigDecimal value) {
    public UsageRow {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(subject, "subject");
        group = List.copyOf(group);
        Objects.requireNonNull(value, "value");
    }
}
