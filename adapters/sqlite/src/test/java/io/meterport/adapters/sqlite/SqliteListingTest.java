package io.meterport.adapters.sqlite;

import static io.meterport.application.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.EventCursor;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists over many hours and series are those of the reference, page by page. */
class SqliteListingTest {
    private static final Filter ANY = new Filter.Any();

    @Test
    void givesTheListsOfTheReference() {
        WholeStorage reference = WholeStorage.of(new MemoryStorage(InstantSource.fixed(NOON)));
        try (WholeStorage storage = TemporaryFiles.open()) {
            List<Event> events = events();
            new StorageDriver(reference).send(Namespace.DEFAULT, events);
            new StorageDriver(storage).send(Namespace.DEFAULT, events);

            TimeFilter range = new TimeFilter.And(List.of(
                    new TimeFilter.After(NOON.minusSeconds(9_000), true),
                    new TimeFilter.Before(NOON.plusSeconds(40_000), false)));
            for (EventQuery query : List.of(
                    query(ANY, ANY, new TimeFilter.Any()),
                    query(Filter.eq("subject-1"), ANY, new TimeFilter.Any()),
                    query(new Filter.In(Set.of("subject-1", "subject-2")), ANY, range),
                    query(ANY, Filter.eq("type-1"), range),
                    query(Filter.like("%-3"), ANY, range))) {
                assertThat(ids(storage, query)).as("%s", query).isEqualTo(ids(reference, query));
            }
        }
    }

    private static List<Event> events() {
        Random random = new Random(7);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            events.add(Samples.event("id-" + i)
                    .of("subject-" + random.nextInt(5))
                    .type("type-" + random.nextInt(2))
                    .at(NOON.plusSeconds(random.nextInt(-20, 20) * 1_800L))
                    .event());
        }
        return events;
    }

    private static EventQuery query(Filter subject, Filter type, TimeFilter time) {
        return new EventQuery(
                Namespace.DEFAULT,
                ANY,
                ANY,
                subject,
                type,
                time,
                new TimeFilter.Any(),
                Optional.empty(),
                7);
    }

    private static List<String> ids(WholeStorage storage, EventQuery query) {
        List<String> ids = new ArrayList<>();
        List<StoredEvent> page = storage.events().history().list(query);
        while (!page.isEmpty()) {
            page.forEach(stored -> ids.add(stored.event().key().id()));
            page = storage.events().history().list(after(query, EventCursor.of(page.getLast())));
        }
        return ids;
    }

    private static EventQuery after(EventQuery query, EventCursor place) {
        return new EventQuery(
                query.namespace(),
                query.id(),
                query.source(),
                query.subject(),
                query.type(),
                query.time(),
                query.ingestedAt(),
                Optional.of(place),
                query.limit());
    }
}
