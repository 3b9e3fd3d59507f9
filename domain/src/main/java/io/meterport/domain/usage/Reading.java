package io.meterport.domain.usage;

import io.meterport.domain.subject.SubjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store found for one window, subject and group of a query; only where there are events.
 *
 * @param window one of {@link UsageQuery#windows}, whole; the tally counts only events in the range
 * @param subject present exactly if the query tells subjects apart
 * @param group one text for each dimension the query groups by, in that order
 */
public record Reading(
        Window window, Optional<SubjectKey> subject, List<String> group, Tally tally) {
    public Reading {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(subject, "subject");
        group = List.copyOf(group);
        Objects.requireNonNull(tally, "tally");
    }
}
