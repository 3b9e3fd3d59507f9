package io.meterport.adapters.postgres;

import static io.meterport.application.spi.Samples.NOON;
import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.only;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.QuerySample;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.TimeFilter;
import io.meterport.domain.usage.WindowSize;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of the tables: partitions come and go, and queries use indexes. */
class PostgresTablesTest {
    private static final int MANY = 20_000;

    private final String database = Databases.newDatabase();

    @Test
    void haveAPartitionForEachMonthAndTwoForAllOthers() throws Exception {
        try (PostgresStorage storage = Databases.open(database)) {
            new StorageDriver(WholeStorage.of(storage))
                    .send(
                            event("1").at("1970-01-01T00:00:00.000001Z"),
                            event("2").at("2009-12-31T23:59:59.999999Z"),
                            event("3").at("2010-01-01T00:00:00Z"),
                            event("4").at("2024-02-29T23:59:59.999999Z"),
                            event("5").at("2024-03-01T00:00:00Z"),
                            event("6").at("2069-12-31T23:59:59.999999Z"),
                            event("7").at("2070-01-01T00:00:00Z"),
                            event("8").at("9999-12-31T23:59:59.999999Z"));
        }

        assertThat(counts("select tableoid::regclass::text, count(*) from event group by 1"))
                .isEqualTo(Map.of(
                        "event_early", 2L,
                        "event_2010_01", 1L,
                        "event_2024_02", 1L,
                        "event_2024_03", 1L,
                        "event_2069_12", 1L,
                        "event_far", 2L));
    }

    @Test
    void loseTheMonthsBeforeTheHorizonAndKeepWhatTheyCameTo() throws Exception {
        try (PostgresStorage storage = Databases.open(database)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            Meter meter = driver.define(meter("total").sum().dimensions("model"));
            driver.send(
                    event("1").at("2024-01-05T10:00:00Z").with("value", 1),
                    event("2").at("2024-02-05T10:30:00Z").with("value", 10),
                    event("3").at("2024-02-05T11:00:00Z").with("value", 100),
                    event("4").at("2024-03-05T10:00:00Z").with("value", 1_000));

            storage.retention().raise(new Horizon(Instant.parse("2024-02-05T11:00:00Z")));
            await("select count(*) = 2 from event");
            await("select to_regclass('event_2024_01') is null");
            await("select count(*) = 2 from minute_total where series <> 0");

            assertThat(driver.answer(query(meter).query()).getFirst().value())
                    .isEqualByComparingTo("1111");
            assertThatThrownBy(() -> driver.send(event("5").at("2024-01-05T10:00:00Z")))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("event-too-old");
            assertThat(storage.verification().verify().differences()).isEmpty();
        }
    }

    @Test
    void areReadAlongTheirIndexes() throws Exception {
        Meter meter;
        try (PostgresStorage storage = Databases.open(database)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            meter = driver.define(meter("total").sum().dimensions("model"));
            for (int from = 0; from < MANY; from += 5_000) {
                driver.send(Namespace.DEFAULT, events(from, from + 5_000));
            }
        }
        execute("analyze");
        Map<String, Long> before = counts(SCANS);

        try (PostgresStorage storage = Databases.open(database)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            QuerySample one = query(meter).whose(only("subject-17"));
            assertThat(driver.rows(one.by(WindowSize.DAY).query())).isNotEmpty();
            assertThat(driver.rows(one.by(WindowSize.HOUR).groupBy("model").query()))
                    .isNotEmpty();
            assertThat(driver.rows(one.from(NOON.plusSeconds(1_830)).query())).isNotEmpty();
            assertThat(driver.rows(query(meter).by(WindowSize.DAY).query())).isNotEmpty();
            assertThat(storage.history().list(list(new Filter.Any()))).hasSize(10);
            assertThat(storage.history().list(list(Filter.eq("subject-17")))).isNotEmpty();
        }

        assertThat(counts(SCANS)).isEqualTo(before);
    }

    @Test
    void showTheDifferenceOfARowThatWasChanged() throws Exception {
        try (PostgresStorage storage = Databases.open(database)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            driver.define(meter("total").number(1).sum().dimensions("model"));
            driver.define(meter("values").number(2).uniqueCount());
            driver.send(Namespace.DEFAULT, events(0, 200));
            assertThat(storage.verification().verify().isSound()).isTrue();

            for (String damage : List.of(
                    "update hour_total set number = number + 0.1"
                            + " where (build, series, hour) in"
                            + " (select build, series, hour from hour_total limit 1)",
                    "delete from minute_part where series = 0",
                    "insert into hour_part select build, 1000000, hour, combination, kind, first,"
                            + " last, events, vals, at, number from hour_part where series = 0",
                    "delete from presence where hour = (select min(hour) from presence)",
                    "delete from event_key where key = (select min(key::text)::uuid from event_key)")) {
                long found = storage.verification().verify().found();
                execute(damage);
                assertThat(storage.verification().verify().found()).as(damage).isGreaterThan(found);
            }
        }
    }

    /** How often tables with many rows were read as a whole. */
    private static final String SCANS = """
            select relname, coalesce(seq_scan, 0) from pg_stat_user_tables
            where relname in ('hour_total', 'hour_part', 'series', 'event_2025_03',
                'minute_part_2025_03')""";

    private static EventQuery list(Filter subject) {
        Filter any = new Filter.Any();
        return new EventQuery(
                Namespace.DEFAULT,
                any,
                any,
                subject,
                any,
                new TimeFilter.Any(),
                new TimeFilter.Any(),
                Optional.empty(),
                10);
    }

    private static List<Event> events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> event("id-" + i)
                        .of("subject-" + i % 4_999)
                        .at(NOON.plus(i * 37L % 20_000, ChronoUnit.MINUTES))
                        .with("value", i, "model", "m" + i % 5)
                        .event())
                .toList();
    }

    private void await(String condition) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!counts("select 'is', (" + condition + ")::int::bigint").containsValue(1L)) {
            assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private Map<String, Long> counts(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            Map<String, Long> counts = new TreeMap<>();
            while (row.next()) {
                counts.put(row.getString(1), row.getLong(2));
            }
            return counts;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + TestServer.shared().port() + "/" + database,
                TestServer.USER,
                TestServer.PASSWORD);
    }
}
