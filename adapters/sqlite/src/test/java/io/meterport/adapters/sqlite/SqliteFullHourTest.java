package io.meterport.adapters.sqlite;

import static io.meterport.application.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thousands of events of one customer in one hour, many of them at one time, from many batches. */
class SqliteFullHourTest {
    private final Random random = new Random(5);

    @Test
    void isListedAndCountedLikeTheReference() {
        WholeStorage reference = WholeStorage.of(new MemoryStorage(InstantSource.fixed(NOON)));
        try (WholeStorage storage = TemporaryFiles.open()) {
            StorageDriver driver = new StorageDriver(storage);
            Meter meter = driver.define(Samples.meter("total").sum());
            List<Event> events = events();
            for (int from = 0; from < events.size(); from += 300) {
                List<Event> batch = events.subList(from, from + 300);
                driver.send(Namespace.DEFAULT, batch);
                new StorageDriver(reference).send(Namespace.DEFAULT, batch);
            }

            assertThat(ids(storage)).hasSize(3_000).isEqualTo(ids(reference));
            for (int i = 0; i < 20; i++) {
                UsageQuery ragged = Samples.query(meter)
                        .from(NOON.plusMillis(random.nextInt(3_600_000)))
                        .to(NOON.plusMillis(3_600_000 + random.nextInt(60_000)))
                        .apart()
                        .query();
                assertThat(driver.answer(ragged))
                        .isEqualTo(StorageDriver.plain(Usage.of(ragged, events)));
            }
        }
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            int milli = i % 5 == 0 ? 500 : random.nextInt(3_600_000);
            events.add(Samples.event("id-" + i)
                    .of("alice")
                    .at(NOON.plusMillis(milli))
                    .with("value", random.nextInt(1_000))
                    .event());
        }
        Collections.shuffle(events, random);
        return events;
    }

    private static List<String> ids(WholeStorage storage) {
        Filter any = new Filter.Any();
        TimeFilter always = new TimeFilter.Any();
        List<StoredEvent> page = storage.events()
                .history()
                .list(new EventQuery(
                        Namespace.DEFAULT,
                        any,
                        any,
                        Filter.eq("alice"),
                        any,
                        always,
                        always,
                        Optional.empty(),
                        5_000));
        return page.stream().map(stored -> stored.event().key().id()).toList();
    }
}
