package io.meterport.adapters.sqlite;

import static io.meterport.application.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.EventSample;
import io.meterport.application.spi.QuerySample;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.WindowSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many different values a UTC day has is kept, and is what its values come to. */
class SqliteDistinctDaysTest {
    private static final Instant DAY = Instant.parse("2025-03-05T00:00:00Z");
    private static final String COUNTS = "select count(*) from distinct_day";

    private final Path folder = TemporaryFiles.folder();
    private final RawFile raw = new RawFile(folder);
    private final List<Event> sent = new ArrayList<>();

    @Test
    void daysThatAreAWindowEachAreAnsweredWithoutTheirValues() {
        Meter meter = filled();
        raw.change("delete from presence");

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = driver(storage);

            agree(driver, days(meter).apart());
            agree(driver, days(meter).whose(Samples.only("alice")));
            assertThat(driver.answer(days(meter).query()))
                    .as("the same value may have come from two")
                    .allMatch(row -> row.value().signum() == 0);
        }
    }

    @Test
    void everyOtherQuestionIsAnsweredFromValues() {
        Meter meter = filled();
        raw.change("update distinct_day set count = 77, sum = 0");

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = driver(storage);

            agree(driver, days(meter));
            agree(driver, days(meter).apart().groupBy("model"));
            agree(driver, Samples.query(meter).by(WindowSize.HOUR));
        }
    }

    @Test
    void daysAndPartsOfDaysAddUp() {
        Meter meter = filled();

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = driver(storage);
            Instant noon = DAY.minus(Duration.ofHours(36));

            for (QuerySample query : List.of(
                    days(meter),
                    days(meter).from(noon),
                    days(meter).to(noon),
                    days(meter).from(noon.plusMillis(1)).to(noon.plusSeconds(100_000)),
                    Samples.query(meter),
                    Samples.query(meter).by(WindowSize.MONTH),
                    Samples.query(meter).by(WindowSize.DAY, ZoneId.of("Asia/Kathmandu")))) {
                agree(driver, query);
                agree(driver, query.apart());
            }
        }
    }

    @Test
    void aFileOfTheThirdLayoutIsAnsweredFromValuesAndCountedWhenTheNextOneComes() {
        Meter meter = filled();
        backToTheThirdLayout();

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = driver(storage);
            assertThat(raw.number(COUNTS)).isZero();
            agree(driver, days(meter).apart());

            Instant counted = DAY.minusSeconds(1);
            send(driver, event("1", "alice", counted, "v1"), event("2", "alice", counted, "w"));

            assertThat(raw.number(COUNTS)).isEqualTo(1);
            agree(driver, days(meter).apart());
            assertThat(storage.verification().verify().differences()).isEmpty();
        }
    }

    @Test
    void aCountThatIsNotWhatItsValuesComeToIsFound() {
        filled();
        raw.change("delete from presence where value in (select min(value) from presence)");

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            assertThat(storage.verification().verify().differences())
                    .anyMatch(difference -> difference.contains("distinct values, of which"));
        }
    }

    @Test
    void anErasedSubjectLeavesNoCount() {
        Meter meter = filled();

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            storage.erasure().erase(Namespace.DEFAULT, new SubjectKey("alice"));
            sent.removeIf(event -> event.subject().value().equals("alice"));

            raw.awaitZero("select count(*) from distinct_day where series in ("
                    + "select id from series where subject = 'alice')");
            agree(driver(storage), days(meter).apart());
            assertThat(storage.verification().verify().differences()).isEmpty();
        }
    }

    /** Five days of two subjects, few values, in many transactions. */
    private Meter filled() {
        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            StorageDriver driver = driver(storage);
            Meter meter = driver.define(
                    Samples.meter("people").number(1).dimensions("model").uniqueCount());
            Random random = new Random(5);
            for (int batch = 0; batch < 20; batch++) {
                EventSample[] events = new EventSample[10];
                for (int i = 0; i < events.length; i++) {
                    events[i] = event(
                            batch + "-" + i,
                            random.nextBoolean() ? "alice" : "bob",
                            DAY.minusSeconds(random.nextLong(5 * 86_400)),
                            "v" + random.nextInt(20));
                }
                send(driver, events);
            }
            assertThat(raw.number(COUNTS)).isGreaterThan(8);
            return meter;
        }
    }

    private static EventSample event(String id, String subject, Instant at, String value) {
        String model = "m" + Math.floorMod(id.hashCode(), 3);
        return Samples.event(id).of(subject).at(at).with("value", value, "model", model);
    }

    private void send(StorageDriver driver, EventSample... events) {
        driver.send(events);
        for (EventSample event : events) {
            sent.add(event.event());
        }
    }

    private void backToTheThirdLayout() {
        raw.change("alter table presence rename to newer");
        raw.change("""
                create table presence (
                    build integer not null, series integer not null, hour integer not null,
                    combination integer not null, value blob not null, sum integer not null,
                    primary key (build, series, hour, combination, value)
                ) strict, without rowid""");
        raw.change("""
                insert into presence (build, series, hour, combination, value, sum)
                select build, series, hour, combination, value, sum from newer""");
        raw.change("drop table newer");
        raw.change("drop table distinct_day");
        raw.change("pragma user_version = 3");
    }

    private static QuerySample days(Meter meter) {
        return Samples.query(meter).by(WindowSize.DAY);
    }

    private void agree(StorageDriver driver, QuerySample query) {
        assertThat(driver.answer(query.query()))
                .isNotEmpty()
                .isEqualTo(StorageDriver.plain(Usage.of(query.query(), sent)));
    }

    private static StorageDriver driver(SqliteStorage storage) {
        return new StorageDriver(WholeStorage.of(storage));
    }
}
