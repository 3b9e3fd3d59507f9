package io.meterport.adapters.postgres;

import static io.meterport.application.spi.Samples.NOON;
import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.postgres.event.PostgresChanges;
import io.meterport.application.spi.BuildChunk;
import io.meterport.application.spi.MeterBuild;
import io.meterport.application.spi.MeterSample;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.Together;
import io.meterport.application.spi.UsageChanges;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.WindowSize;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes on one database are as one. */
class PostgresNodesTest {
    private static final int NODES = 3;
    private static final int EVENTS = 2_400;

    private final String database = Databases.newDatabase();
    private final List<PostgresStorage> storages = new ArrayList<>();
    private final List<StorageDriver> nodes = new ArrayList<>();

    @BeforeEach
    void open() {
        for (int i = 0; i < NODES; i++) {
            PostgresStorage storage = Databases.open(database);
            storages.add(storage);
            nodes.add(new StorageDriver(WholeStorage.of(storage)));
        }
    }

    @AfterEach
    void close() {
        storages.forEach(PostgresStorage::close);
    }

    @Test
    void countEachEventOnceThoughAllSendAllAndMetersChange() throws Exception {
        List<Meter> meters = new ArrayList<>(List.of(
                nodes.get(0).define(sample("sum", 1).sum()),
                nodes.get(1).define(sample("least", 2).by(new Aggregation.Min(MeterSample.VALUE))),
                nodes.get(2).define(sample("newest", 3).latest()),
                nodes.get(0).define(sample("values", 4).uniqueCount())));
        List<Event> events = events(0, EVENTS);

        List<Integer> stored = Together.run(NODES * 3, thread -> {
            int sum = 0;
            List<Event> own = new ArrayList<>(events);
            Collections.shuffle(own, new Random(thread));
            int size = 40 + 97 * (thread % 4);
            for (int from = 0; from < own.size(); from += size) {
                List<Event> batch = own.subList(from, Math.min(own.size(), from + size));
                sum += nodes.get(thread % NODES).send(Namespace.DEFAULT, List.copyOf(batch));
                if (thread == 0 && from == 10 * size) {
                    meters.add(nodes.get(1).define(sample("late", 5).sum()));
                }
                if (thread % 3 == 1) {
                    nodes.get(thread % NODES).build();
                }
            }
            return sum;
        });
        nodes.getFirst().finishBuilds();

        assertThat(stored.stream().mapToInt(Integer::intValue).sum()).isEqualTo(EVENTS);
        assertThat(meters).hasSize(5);
        for (StorageDriver node : nodes) {
            for (Meter meter : meters) {
                for (UsageQuery query : queries(meter)) {
                    assertThat(node.answer(query))
                            .as("%s", query)
                            .isEqualTo(StorageDriver.plain(Usage.of(query, events)));
                }
            }
        }
        assertThat(storages.getFirst().verification().verify().differences()).isEmpty();
        assertThat(deadlocks()).isZero();
    }

    @Test
    void neverMissAMeterThatAnotherHasDefined() {
        nodes.get(0).send(event("1").with("value", 1));
        Meter meter = nodes.get(1).define(sample("sum", 1).sum());
        nodes.get(0).send(event("2").with("value", 10));
        nodes.get(2).send(event("3").with("value", 100));
        nodes.get(2).finishBuilds();

        assertThat(nodes.get(0).answer(query(meter).query()).getFirst().value())
                .isEqualByComparingTo("111");
    }

    @Test
    void goOnWithABuildOnlyWhenTheOneThatHadItIsSilent() throws Exception {
        nodes.get(0).send(Namespace.DEFAULT, events(0, 100));
        Meter meter = nodes.get(0).define(sample("sum", 1).sum());
        MeterBuild build = storages.get(0).builds().next().orElseThrow();
        BuildChunk chunk = storages.get(0).builds().chunk(build, 30);
        List<MeteredEvent> counted = chunk.events().stream()
                .map(each -> MeteredEvent.of(each, List.of(build.meter())))
                .toList();
        storages.get(0).builds().count(build, chunk, counted);

        boolean meanwhile = storages.get(1).builds().next().isPresent();
        execute("update build set claimed_until = now() - interval '1 second'");
        MeterBuild resumed = storages.get(1).builds().next().orElseThrow();
        nodes.get(1).finishBuilds();

        assertThat(meanwhile).isFalse();
        assertThat(resumed.position()).isEqualTo(chunk.upTo());
        assertThat(storages.get(0).builds().count(build, chunk, counted)).isFalse();
        assertThat(nodes.get(2).answer(query(meter).query()).getFirst().value())
                .isEqualByComparingTo("4950");
    }

    @Test
    void tellFollowersWhatOthersStored() {
        List<EventType> told = Collections.synchronizedList(new ArrayList<>());
        PostgresChanges changes = (PostgresChanges) storages.get(1).changes();
        nodes.get(0).send(event("before"));

        try (UsageChanges.Subscription _ =
                changes.subscribe(Namespace.DEFAULT, new SubjectKey("alice"), told::add)) {
            changes.poll();
            assertThat(told).isEmpty();
            nodes.get(0).send(event("after"), event("another").of("bob"));
            changes.poll();
            changes.poll();
        }

        assertThat(told).containsExactly(new EventType("request"));
    }

    @Test
    void knowNothingOfASubjectThatAnotherHasErased() {
        Meter meter = nodes.get(0).define(sample("sum", 1).sum());
        for (int node = 0; node < NODES; node++) {
            nodes.get(node)
                    .send(
                            event("a" + node).with("value", 1),
                            event("b" + node).of("bob").with("value", 10));
        }

        long erased = storages.get(1).erasure().erase(Namespace.DEFAULT, new SubjectKey("alice"));
        nodes.get(0).send(event("a0").with("value", 1), event("new").with("value", 100));

        assertThat(erased).isEqualTo(3);
        for (StorageDriver node : nodes) {
            assertThat(node.answer(query(meter).query()).getFirst().value())
                    .isEqualByComparingTo("130");
            assertThat(node.answer(query(meter).apart().query()))
                    .extracting(row -> row.value().toPlainString())
                    .containsExactly("100", "30");
        }
        assertThat(storages.get(2).verification().verify().differences()).isEmpty();
    }

    private static MeterSample sample(String slug, long number) {
        return meter(slug).number(number).dimensions("model");
    }

    private static List<Event> events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> event("id-" + i)
                        .of("subject-" + i % 7)
                        .at(NOON.plus(i * 37L % 500, ChronoUnit.MINUTES).plusSeconds(i % 60))
                        .with("value", i, "model", "m" + i % 5)
                        .event())
                .toList();
    }

    private static List<UsageQuery> queries(Meter meter) {
        return List.of(
                query(meter).query(),
                query(meter).groupBy("model").apart().by(WindowSize.HOUR).query(),
                query(meter)
                        .from(NOON.plusSeconds(90))
                        .by(WindowSize.DAY, ZoneId.of("Asia/Kathmandu"))
                        .query());
    }

    private long deadlocks() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select deadlocks from pg_stat_database
                        where datname = current_database()""")) {
            row.next();
            return row.getLong(1);
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
