package io.meterport.adapters.sqlite;

import static io.meterport.application.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.MeterSample;
import io.meterport.application.spi.QuerySample;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.WindowSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Events of the present hour stand in recent rows first, and in pages later. */
class SqliteRecentRowsTest {
    private static final String RECENT = "select count(*) from rollup_recent";

    private final Path folder = TemporaryFiles.folder();
    private final RawFile raw = new RawFile(folder);
    private final List<Event> sent = new ArrayList<>();

    @Test
    void countTheSameInRecentRowsInPagesAndInBoth() {
        List<Meter> meters = new ArrayList<>();
        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            for (MeterSample sample : samples()) {
                meters.add(driver.define(sample));
            }
            for (int batch = 0; batch < 40; batch++) {
                send(driver, batch);
            }
            assertThat(raw.number(RECENT)).isPositive();
            assertThat(raw.number("select count(*) from rollup_minutes")).isPositive();
            agree(driver, meters);
        }

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON.plus(Duration.ofDays(1)))) {
            raw.awaitZero(RECENT);
            agree(new StorageDriver(WholeStorage.of(storage)), meters);
        }
    }

    @Test
    void goWithTheBuildTheyBelongTo() {
        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            Meter meter = driver.define(samples().getFirst());
            send(driver, 1);
            assertThat(raw.number(RECENT)).isPositive();

            driver.delete(meter);
        }

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            assertThat(storage.builds().next()).isEmpty();
            raw.awaitZero("select count(*) from build");
            raw.awaitZero(RECENT);
            raw.awaitZero("select count(*) from rollup_hours");
            raw.awaitZero("select count(*) from combination");
        }
    }

    @Test
    void areNotRememberedAsTheyWereBeforeASubjectWasErased() {
        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            Meter meter = driver.define(samples().getFirst());
            send(driver, 1);

            storage.erasure().erase(Namespace.DEFAULT, new SubjectKey("subject-1"));
            sent.removeIf(event -> event.subject().value().equals("subject-1"));
            send(driver, 2);

            agree(driver, List.of(meter));
            assertThat(storage.verification().verify().differences()).isEmpty();
        }
    }

    private static List<MeterSample> samples() {
        return List.of(
                Samples.meter("total").number(1).sum().dimensions("model"),
                Samples.meter("latest").number(2).latest(),
                Samples.meter("unique").number(3).uniqueCount().dimensions("model"));
    }

    private void send(StorageDriver driver, int batch) {
        Random random = new Random(batch);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(Samples.event(batch + "-" + i)
                    .of("subject-" + random.nextInt(3))
                    .at(NOON.plusMillis(random.nextLong(-7_200_000, 7_200_000)))
                    .with("value", random.nextInt(5), "model", "m" + random.nextInt(100))
                    .event());
        }
        sent.addAll(events);
        driver.send(Namespace.DEFAULT, events);
    }

    private void agree(StorageDriver driver, List<Meter> meters) {
        for (Meter meter : meters) {
            for (UsageQuery query : queries(meter)) {
                assertThat(driver.answer(query))
                        .as("%s", query)
                        .isEqualTo(StorageDriver.plain(Usage.of(query, sent)));
            }
        }
    }

    private static List<UsageQuery> queries(Meter meter) {
        Instant ragged = NOON.minusMillis(1_234_567);
        QuerySample all = Samples.query(meter);
        List<QuerySample> asked = new ArrayList<>(List.of(
                all,
                all.apart(),
                all.by(WindowSize.MINUTE),
                all.by(WindowSize.HOUR, ZoneId.of("Asia/Kathmandu")).apart(),
                all.from(ragged).to(ragged.plusSeconds(4_000)).apart()));
        if (!meter.dimensions().isEmpty()) {
            asked.add(all.groupBy("model"));
            asked.add(all.from(ragged).by(WindowSize.HOUR).groupBy("model").apart());
        }
        return asked.stream().map(QuerySample::query).toList();
    }
}
