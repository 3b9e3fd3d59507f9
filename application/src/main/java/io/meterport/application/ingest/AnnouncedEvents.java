package io.meterport.application.ingest;

import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.application.spi.Pulse;
import io.meterport.application.spi.UsageFeed;
import io.meterport.application.spi.UsageHint;
import io.meterport.domain.event.EventType;
import io.meterport.domain.subject.SubjectKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells other nodes whose usage has changed, once events are stored. Thread-safe. */
public final class AnnouncedEvents implements EventStore {
    private final EventStore events;
    private final UsageFeed feed;

    public AnnouncedEvents(EventStore events, UsageFeed feed) {
        this.events = events;
        this.feed = feed;
    }

    @Override
    public int append(EventBatch batch) {
        int stored = events.append(batch);
        if (stored > 0) {
            feed.announce(hints(batch));
        }
        return stored;
    }

    @Override
    public int waiting() {
        return events.waiting();
    }

    @Override
    public long conflicts() {
        return events.conflicts();
    }

    @Override
    public Pulse pulse() {
        return events.pulse();
    }

    private static List<UsageHint> hints(EventBatch batch) {
        Map<SubjectKey, Set<EventType>> types = new LinkedHashMap<>();
        for (MeteredEvent each : batch.events()) {
            types.computeIfAbsent(each.event().subject(), subject -> new LinkedHashSet<>())
                    .add(each.event().type());
        }
        return types.entrySet().stream()
                .flatMap(entry -> {
                    String place = UsageHint.placeOf(batch.namespace(), entry.getKey());
                    return entry.getValue().stream().map(type -> new UsageHint(place, type));
                })
                .toList();
    }
}
