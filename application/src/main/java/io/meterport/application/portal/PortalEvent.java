package io.meterport.application.portal;

import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An event as a token's holder sees it: what it gave to one meter, and nothing else of its data.
 *
 * @param group the values of the dimensions that are not hidden
 */
public record PortalEvent(
        String id, Instant time, Contribution.Value value, Map<DimensionKey, String> group) {
    public PortalEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(value, "value");
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }

    static PortalEvent of(
            StoredEvent stored, Contribution gives, Meter meter, List<Dimension> visible) {
        Map<DimensionKey, String> group = new LinkedHashMap<>();
        for (Dimension dimension : visible) {
            int place = meter.dimension(dimension.key()).orElseThrow();
            group.put(dimension.key(), gives.group().get(place));
        }
        return new PortalEvent(
                stored.event().key().id(), stored.event().time(), gives.value(), group);
    }
}
