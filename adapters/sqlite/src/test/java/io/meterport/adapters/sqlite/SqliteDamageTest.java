package io.meterport.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.MeterSample;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import io.meterport.domain.usage.WindowSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are not as they were written are never counted, and never shown. */
class SqliteDamageTest {
    private final Path folder = TemporaryFiles.folder();
    private final RawFile file = new RawFile(folder);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time = time + 1",
                "source = 2",
                "name = name || 'x'",
                "data = cast(replace(cast(data as text), '7', '8') as blob)",
                "data = x''",
                "ingested = ingested + 1",
                "stored = stored + 1",
                "sum = sum + 1"
            })
    void listsNoEventOfWhichAColumnHasChanged(String change) {
        store(Samples.meter("requests"));
        file.change("insert into source (text) values ('another')");
        file.change("update event set " + change);

        requireRefused(everything());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hour = hour - 1",
                "first = first + 1",
                "entries = cast(entries || x'0000000000000000' as blob)",
                "entries = x''"
            })
    void listsNoEventThatIsFoundUnderAnotherTime(String change) {
        store(Samples.meter("requests"));
        file.change("""
                insert into event_hour select series, hour, first, entries, sum
                from event_run_hour""");
        file.change("delete from event_run_hour");
        assertThat(file.change("update event_hour set " + change)).isPositive();

        requireRefused(byAlice());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hour = hour - 1",
                "first = first + 1",
                "entries = cast(entries || x'0000000000000000' as blob)",
                "entries = x''"
            })
    void listsNoEventOfARunThatIsFoundUnderAnotherTime(String change) {
        store(Samples.meter("requests"));
        assertThat(file.change("update event_run_hour set " + change)).isPositive();

        requireRefused(byAlice());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update rollup_hours set total = cast(total || x'00' as blob)",
                "update rollup_hours set total = cast(substr(total, 1, length(total) - 1)"
                        + " || x'7f' as blob)",
                "update rollup_hours set page = page + 1",
                "update rollup_hours set block = 0, series = 0, build = build, page = page - 1"
                        + " where series = 0",
                "update rollup_recent set parts = cast(substr(parts, 1, length(parts) - 1)"
                        + " || x'7f' as blob)",
                "update rollup_recent set block = 1"
            })
    void countsNothingFromAPageThatHasChanged(String change) {
        Meter meter = store(Samples.meter("requests"));
        assertThat(file.change(change)).isPositive();

        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            assertThatThrownBy(() -> storage.usage().read(Samples.query(meter).query()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("storage-unavailable");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update presence set value = x'00112233445566778899aabbccddeeff'",
                "update presence set hour = hour - 1",
                "update presence set day = day - 1",
                "update presence set sum = 0",
                "update combination set texts = x'0000000178'"
            })
    void countsNoValueThatHasChanged(String change) {
        Meter meter = store(Samples.meter("requests").dimensions("model").uniqueCount());
        assertThat(file.change(change)).isPositive();

        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            assertThatThrownBy(() -> storage.usage()
                            .read(Samples.query(meter).groupBy("model").query()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("storage-unavailable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"count = count + 1", "sum = 0", "day = day - 1"})
    void believesNoCountOfADayThatHasChanged(String change) {
        Meter meter = store(Samples.meter("requests").dimensions("model").uniqueCount());
        assertThat(file.change("update distinct_day set " + change)).isPositive();

        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            assertThatThrownBy(() -> storage.usage()
                            .read(Samples.query(meter).by(WindowSize.DAY).query()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("storage-unavailable");
        }
    }

    @Test
    void addsNothingToAPageThatHasChanged() {
        store(Samples.meter("requests"));
        file.change("update rollup_recent set parts = x'0000000000'");

        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));

            assertThatThrownBy(() -> driver.send(Samples.event("5")))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("storage-unavailable");
        }
        assertThat(file.number("select count(*) from event")).isEqualTo(2);
    }

    private void requireRefused(EventQuery query) {
        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            assertThatThrownBy(() -> storage.history().list(query))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("storage-unavailable");
        }
    }

    /** One event of the present hour and one of days ago. */
    private Meter store(MeterSample sample) {
        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            Meter meter = driver.define(sample);
            driver.send(
                    Samples.event("1").with("value", "7", "model", "a"),
                    Samples.event("2")
                            .at(Samples.NOON.minus(Duration.ofDays(5)))
                            .with("value", "7", "model", "a"));
            return meter;
        }
    }

    private static EventQuery everything() {
        return list(new Filter.Any());
    }

    private static EventQuery byAlice() {
        return list(Filter.eq("alice"));
    }

    private static EventQuery list(Filter subject) {
        return new EventQuery(
                Namespace.DEFAULT,
                new Filter.Any(),
                new Filter.Any(),
                subject,
                new Filter.Any(),
                new TimeFilter.Any(),
                new TimeFilter.Any(),
                Optional.empty(),
                100);
    }
}
