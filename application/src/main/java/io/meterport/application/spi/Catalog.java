package io.meterport.application.spi;

import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The live meters of a namespace at one version. Immutable and thread-safe. */
public final class Catalog {
    private final long version;
    private final Map<MeterSlug, Meter> bySlug = new LinkedHashMap<>();
    private final Map<MeterId, Meter> byId = new HashMap<>();
    private final Map<EventType, List<Meter>> byType = new HashMap<>();

    public Catalog(long version, List<Meter> meters) {
        this.version = version;
        for (Meter meter : meters) {
            bySlug.put(meter.slug(), meter);
            byId.put(meter.id(), meter);
            byType.computeIfAbsent(meter.eventType(), type -> new ArrayList<>()).add(meter);
        }
        byType.replaceAll((type, ofType) -> List.copyOf(ofType));
    }

    /** Raised by every change of any meter of the installation. */
    public long version() {
        return version;
    }

    /** The live meters, in the order of their creation. */
    public List<Meter> meters() {
        return List.copyOf(bySlug.values());
    }

    /** The live meter of that slug. */
    public Optional<Meter> find(MeterSlug slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }

    /** The live meter of that id. */
    public Optional<Meter> find(MeterId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The live meters that count events of that type. */
    public List<Meter> counting(EventType type) {
        return byType.getOrDefault(type, List.of());
    }
}
