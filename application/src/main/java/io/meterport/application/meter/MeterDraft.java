package io.meterport.application.meter;

import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.MeterSlug;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A meter as somebody wants it.
 *
 * @param name absent means the slug
 */
public record MeterDraft(
        MeterSlug slug,
        Optional<String> name,
        Optional<String> description,
        EventType eventType,
        Optional<Instant> eventFrom,
        Aggregation aggregation,
        List<Dimension> dimensions,
        Optional<Map<String, String>> metadata) {
    public MeterDraft {
        Objects.requireNonNull(slug, "slug");
        Objects.requireNonNull(eventType, "eventType");
        Objects.requireNonNull(aggregation, "aggregation");
        dimensions = List.copyOf(dimensions);
    }
}
