package io.meterport.application.spi;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Events in lists; usage is what the domain says it is, over all of them. */
final class MemoryEvents implements EventStore, EventReader, UsageReader, UsageChanges {
    private static final Comparator<StoredEvent> NEWEST_FIRST = Comparator.comparing(
                    (StoredEvent stored) -> stored.event().time())
            .thenComparingLong(StoredEvent::sequence)
            .reversed();

    private record Follower(Namespace namespace, SubjectKey subject, Consumer<EventType> changed) {}

    private final MemoryState state;
    private final InstantSource time;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private long conflicts;

    MemoryEvents(MemoryState state, InstantSource time) {
        this.state = state;
        this.time = time;
    }

    @Override
    public int append(EventBatch batch) {
        synchronized (state) {
            if (batch.catalogVersion() != state.version) {
                throw new StaleCatalog();
            }
            batch.refusal(state.horizon).ifPresent(refusal -> {
                throw refusal;
            });
            Set<EventKey> keys = state.keys(batch.namespace());
            Instant storedAt = later(time.instant(), batch.ingestedAt());
            int stored = 0;
            for (MeteredEvent metered : batch.events()) {
                if (keys.add(metered.event().key())) {
                    stored++;
                    state.events(batch.namespace())
                            .add(new StoredEvent(
                                    ++state.sequence,
                                    metered.event(),
                                    batch.ingestedAt(),
                                    storedAt));
                    tell(batch.namespace(), metered.event());
                } else if (isAnother(batch.namespace(), metered.event())) {
                    conflicts++;
                }
            }
            return stored;
        }
    }

    @Override
    public int waiting() {
        return 0;
    }

    /** Whoever sends events stores them; nobody else could be stuck. */
    @Override
    public Pulse pulse() {
        return new Pulse(System.nanoTime(), Optional.empty());
    }

    @Override
    public long conflicts() {
        synchronized (state) {
            return conflicts;
        }
    }

    /** Whether the stored event of that key says something else. */
    private boolean isAnother(Namespace namespace, Event event) {
        return state.events(namespace).stream()
                .map(StoredEvent::event)
                .filter(stored -> stored.key().equals(event.key()))
                .anyMatch(stored -> !stored.type().equals(event.type())
                        || !stored.subject().equals(event.subject())
                        || !stored.data().equals(event.data()));
    }

    @Override
    public List<StoredEvent> list(EventQuery query) {
        synchronized (state) {
            state.horizon.requireListed(query.time().hull());
            return state.kept(query.namespace()).stream()
                    .filter(query::matches)
                    .sorted(NEWEST_FIRST)
                    .limit(query.limit())
                    .toList();
        }
    }

    @Override
    public List<SubjectKey> subjects(Namespace namespace, EventType type, Window range) {
        synchronized (state) {
            return state.kept(namespace).stream()
                    .map(StoredEvent::event)
                    .filter(event -> event.type().equals(type) && range.contains(event.time()))
                    .map(event -> event.subject())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    @Override
    public long mostSubjects() {
        synchronized (state) {
            return state.mostSubjects();
        }
    }

    @Override
    public List<Reading> read(UsageQuery query) {
        synchronized (state) {
            Instant from = state.dataFrom.getOrDefault(query.meter().id(), Instant.EPOCH);
            state.horizon.requireKnown(query);
            List<Event> events = state.events(query.meter().namespace()).stream()
                    .map(StoredEvent::event)
                    .filter(event -> !event.time().isBefore(from))
                    .toList();
            state.horizon.requireKnown(query, Usage.windows(query, events));
            return Usage.readings(query, events);
        }
    }

    /** Whoever reads keeps all others out. */
    @Override
    public <T> T together(Function<UsageState, T> reading) {
        synchronized (state) {
            return reading.apply(new UsageState() {
                @Override
                public List<Reading> read(UsageQuery query) {
                    return MemoryEvents.this.read(query);
                }

                @Override
                public UsageChange lastChange(UsageQuery query) {
                    return MemoryEvents.this.last(
                            query.meter().namespace(),
                            query.subjects()::include,
                            Set.of(query.meter().eventType()));
                }
            });
        }
    }

    @Override
    public UsageChange last(Namespace namespace, SubjectKey subject, Set<EventType> types) {
        return last(namespace, subject::equals, types);
    }

    private UsageChange last(
            Namespace namespace, Predicate<SubjectKey> subjects, Set<EventType> types) {
        synchronized (state) {
            return state.events(namespace).stream()
                    .filter(stored -> subjects.test(stored.event().subject())
                            && types.contains(stored.event().type()))
                    .map(stored ->
                            new UsageChange(stored.sequence(), Optional.of(stored.storedAt())))
                    .reduce(UsageChange.NONE, UsageChange::or);
        }
    }

    @Override
    public Subscription subscribe(
            Namespace namespace, SubjectKey subject, Consumer<EventType> changed) {
        Follower follower = new Follower(namespace, subject, changed);
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    private void tell(Namespace namespace, Event event) {
        followers.stream()
                .filter(one ->
                        one.namespace().equals(namespace) && one.subject().equals(event.subject()))
                .forEach(one -> one.changed().accept(event.type()));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
