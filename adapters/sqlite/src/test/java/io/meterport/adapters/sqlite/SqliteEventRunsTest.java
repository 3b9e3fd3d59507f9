package io.meterport.adapters.sqlite;

import static io.meterport.application.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.QuerySample;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The times of events stand in runs first, and in their hours when there are many runs. */
class SqliteEventRunsTest {
    private static final String RUNS = "select count(*) from event_run";
    private static final String IN_RUNS =
            "select coalesce(sum(length(entries) / 8), 0) from event_run_hour";
    private static final String IN_HOURS =
            "select coalesce(sum(length(entries) / 8), 0) from event_hour";
    private static final String ALL = "select count(*) from event";

    private final Path folder = TemporaryFiles.folder();
    private final RawFile raw = new RawFile(folder);
    private final List<Event> sent = new ArrayList<>();

    @Test
    void eventsAreFoundInRunsInTheirHoursAndInBoth() {
        Meter meter;
        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            meter = driver.define(Samples.meter("unique").number(1).uniqueCount());
            send(driver, 20);
            assertThat(raw.number(RUNS)).isEqualTo(20);
            assertThat(raw.number(IN_RUNS)).isEqualTo(20_000);
            agree(driver, meter);
        }

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            send(driver, 15);
            raw.awaitZero("select count(*) from event_run where id <= 32");
            assertThat(raw.number(IN_HOURS)).isGreaterThanOrEqualTo(32_000);
            assertThat(raw.number(IN_HOURS) + raw.number(IN_RUNS)).isEqualTo(35_000);
            agree(driver, meter);
            send(driver, 1);
            assertThat(raw.number(IN_RUNS)).isPositive();
            agree(driver, meter);
            assertThat(storage.verification().verify().differences()).isEmpty();
        }
    }

    @Test
    void smallTransactionsShareARun() {
        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            driver.send(Samples.event("1"), Samples.event("2"));
            driver.send(Samples.event("3"));
        }

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            new StorageDriver(WholeStorage.of(storage)).send(Samples.event("4"));

            assertThat(raw.number(RUNS)).isEqualTo(1);
            assertThat(raw.number("select events from event_run")).isEqualTo(4);
        }
    }

    @Test
    void whatIsErasedAndWhatIsForgottenIsTakenOutOfRunsToo() {
        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            send(new StorageDriver(WholeStorage.of(storage)), 3);

            long erased = storage.erasure().erase(Namespace.DEFAULT, new SubjectKey("subject-1"));
            assertThat(erased).isPositive();
            assertThat(raw.number(ALL)).isEqualTo(3_000 - erased);
            assertThat(storage.verification().verify().differences()).isEmpty();

            storage.retention().raise(new Horizon(NOON.minus(Duration.ofHours(2))));
            raw.awaitZero("select count(*) from series_hour where hour < (select max(hour) - 1"
                    + " from series_hour)");
            assertThat(raw.number(ALL)).isBetween(1L, 3_000 - erased - 1);
            assertThat(storage.verification().verify().differences()).isEmpty();
        }
    }

    private void send(StorageDriver driver, int batches) {
        for (int batch = 0; batch < batches; batch++) {
            List<Event> events = new ArrayList<>();
            Random random = new Random(sent.size());
            for (int i = 0; i < 1_000; i++) {
                events.add(Samples.event("event-" + (sent.size() + i))
                        .of("subject-" + random.nextInt(3))
                        .at(NOON.minusMillis(random.nextLong(Duration.ofHours(5).toMillis())))
                        .with("value", "v" + random.nextInt(10_000))
                        .event());
            }
            sent.addAll(events);
            driver.send(Namespace.DEFAULT, events);
        }
    }

    /** Distinct values of parts of hours are counted from single events. */
    private void agree(StorageDriver driver, Meter meter) {
        Instant from = NOON.minusMillis(Duration.ofMinutes(217).toMillis() + 1_234);
        for (Instant to : List.of(from.plusSeconds(61), from.plusSeconds(5_000))) {
            QuerySample query = Samples.query(meter).from(from).to(to).apart();

            assertThat(driver.answer(query.query()))
                    .isEqualTo(StorageDriver.plain(Usage.of(query.query(), sent)));
        }
    }
}
