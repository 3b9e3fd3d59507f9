package io.meterport.application.spi;

import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Horizon;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What meters and events share. Used only by whoever holds its monitor. */
final class MemoryState {
    /** In order of creation. */
    final Map<MeterId, Meter> meters = new LinkedHashMap<>();
    /** Not finished, oldest first. */
    final List<PendingBuild> builds = new ArrayList<>();

    /** Where events begin. */
    Horizon horizon = Horizon.NONE;
    /** Where those meters begin that were defined, or relabelled, after events had been forgotten. */
    final Map<MeterId, Instant> dataFrom = new HashMap<>();

    long version = 1;
    long sequence;
    long build;

    private final Map<Namespace, List<StoredEvent>> events = new HashMap<>();
    private final Map<Namespace, Set<EventKey>> keys = new HashMap<>();

    /** The events of the namespace, in order of arrival. */
    List<StoredEvent> events(Namespace namespace) {
        return events.computeIfAbsent(namespace, n -> new ArrayList<>());
    }

    /** How many subjects the namespace has that has the most. */
    long mostSubjects() {
        return events.values().stream()
                .mapToLong(all -> all.stream()
                        .map(stored -> stored.event().subject())
                        .distinct()
                        .count())
                .max()
                .orElse(0);
    }

    /** Those of them that are still kept one by one. */
    List<StoredEvent> kept(Namespace namespace) {
        return events(namespace).stream()
                .filter(stored -> !horizon.isAfter(stored.event().time()))
                .toList();
    }

    /** The keys of those events. */
    Set<EventKey> keys(Namespace namespace) {
        return keys.computeIfAbsent(namespace, n -> new HashSet<>());
    }

    /**
     * A build and where it ends.
     *
     * @param end the last event that it has to look at
     */
    record PendingBuild(MeterBuild build, long end) {}
}
