package io.meterport.application.spi;

import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Events that are stored together or not at all.
 *
 * @param catalogVersion the version of the meters that the contributions were worked out with
 * @param ingestedAt when they were received
 */
public record EventBatch(
        Namespace namespace, long catalogVersion, Instant ingestedAt, List<MeteredEvent> events) {
    public EventBatch {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(ingestedAt, "ingestedAt");
        events = List.copyOf(events);
    }
}
