package io.meterport.application.portal;

import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageChanges;
import io.meterport.application.spi.UsageFeed;
import io.meterport.application.spi.UsageHint;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/**
 * Changes of a store that other nodes write to as well. Those who follow a subject hear of what this
 * node stores from the store, of what others store from the feed, and of all else because the last
 * change of each followed subject is asked for now and then. Thread-safe.
 */
public final class SharedChanges implements UsageChanges {
    /** How often {@link #look} wants to be called. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    /** So many subjects are asked about at a time; of more, each has to wait for its turn. */
    static final int MOST_AT_A_TIME = 200;

    private final UsageChanges changes;
    private final MeterStore meters;
    private final Map<String, Followed> followed = new ConcurrentHashMap<>();
    private int turn;

    /** A subject, those who follow it, and what they may have been told of by types. */
    private static final class Followed {
        private final Namespace namespace;
        private final SubjectKey subject;
        private final Set<Consumer<EventType>> those = new CopyOnWriteArraySet<>();
        private final Map<EventType, Long> last;

        Followed(Namespace namespace, SubjectKey subject, Map<EventType, Long> last) {
            this.namespace = namespace;
            this.subject = subject;
            this.last = last;
        }

        void tell(EventType type) {
            those.forEach(each -> each.accept(type));
        }
    }

    public SharedChanges(UsageChanges changes, MeterStore meters, UsageFeed feed) {
        this.changes = changes;
        this.meters = meters;
        feed.subscribe(this::hinted);
    }

    @Override
    public UsageChange last(Namespace namespace, SubjectKey subject, Set<EventType> types) {
        return changes.last(namespace, subject, types);
    }

    @Override
    public Subscription subscribe(
            Namespace namespace, SubjectKey subject, Consumer<EventType> changed) {
        Map<EventType, Long> before = numbers(namespace, subject);
        Subscription own = changes.subscribe(namespace, subject, changed);
        String place = UsageHint.placeOf(namespace, subject);
        followed.compute(place, (key, known) -> {
            Followed at = known == null ? new Followed(namespace, subject, before) : known;
            at.those.add(changed);
            return at;
        });
        return () -> {
            own.close();
            followed.computeIfPresent(place, (key, known) -> {
                known.those.remove(changed);
                return known.those.isEmpty() ? null : known;
            });
        };
    }

    /**
     * Asks for the last changes of followed subjects and tells of those that are new.
     *
     * @throws io.meterport.domain.problem.ProblemException if the store does not answer
     */
    public void look() {
        List<Followed> all = new ArrayList<>(followed.values());
        int count = Math.min(all.size(), MOST_AT_A_TIME);
        for (int i = 0; i < count; i++) {
            look(all.get((turn + i) % all.size()));
        }
        turn = all.isEmpty() ? 0 : (turn + count) % all.size();
    }

    private void look(Followed at) {
        numbers(at.namespace, at.subject).forEach((type, number) -> {
            if (!number.equals(at.last.put(type, number))) {
                at.tell(type);
            }
        });
    }

    private Map<EventType, Long> numbers(Namespace namespace, SubjectKey subject) {
        Map<EventType, Long> numbers = new HashMap<>();
        for (Meter meter : meters.catalog(namespace).meters()) {
            numbers.computeIfAbsent(
                    meter.eventType(),
                    type -> changes.last(namespace, subject, Set.of(type)).number());
        }
        return numbers;
    }

    private void hinted(UsageHint hint) {
        Followed at = followed.get(hint.place());
        if (at != null) {
            at.tell(hint.type());
        }
    }
}
