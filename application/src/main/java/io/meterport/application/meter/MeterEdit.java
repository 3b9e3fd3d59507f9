package io.meterport.application.meter;

import io.meterport.domain.meter.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a live meter is to become: all of it is replaced, but for an absent description, which
 * stays.
 *
 * @param name absent means the slug
 */
public record MeterEdit(
        Optional<String> name,
        Optional<String> description,
        List<Dimension> dimensions,
        Optional<Map<String, String>> metadata) {
    public MeterEdit {
        dimensions = List.copyOf(dimensions);
    }
}
