package io.meterport.bootstrap.powerfail;

import io.meterport.application.spi.StorageDriver;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the domain says about events; worked out once for all disks that have the same ones. Events
 * of equal keys have to be equal. Not thread-safe.
 */
final class Expectations {
    private static final int MOST_KEPT = 200;
    private static final Windowing WHOLE = new Windowing.Whole();
    private static final Windowing DAYS =
            new Windowing.By(WindowSize.DAY, ZoneId.of("America/New_York"));

    /** A question, and its right answer. */
    record Expected(UsageQuery query, List<UsageRow> rows) {}

    private record Known(List<Meter> meters, Set<EventKey> events) {}

    private final Map<Known, List<Expected>> kept = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Known, List<Expected>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /** The usage by each of these meters. */
    List<Expected> of(List<Meter> meters, Collection<Event> events) {
        Set<EventKey> keys = events.stream().map(Event::key).collect(Collectors.toSet());
        return kept.computeIfAbsent(new Known(meters, keys), _ -> worked(meters, events));
    }

    private static List<Expected> worked(List<Meter> meters, Collection<Event> events) {
        List<Expected> all = new ArrayList<>();
        for (Meter meter : meters) {
            for (Windowing windowing : List.of(WHOLE, DAYS)) {
                UsageQuery query = new UsageQuery(
                        meter,
                        new Subjects.Each(),
                        Optional.empty(),
                        Optional.empty(),
                        windowing,
                        meter.dimensions().stream().map(each -> each.key()).toList(),
                        Map.of());
                all.add(new Expected(query, StorageDriver.plain(Usage.of(query, events))));
            }
        }
        return all;
    }
}
