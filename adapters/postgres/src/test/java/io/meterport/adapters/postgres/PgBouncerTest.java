package io.meterport.adapters.postgres;

import static io.meterport.application.spi.Samples.event;
import static io.meterport.application.spi.Samples.meter;
import static io.meterport.application.spi.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.application.spi.ApiKeyStoreContract;
import io.meterport.application.spi.EventReaderContract;
import io.meterport.application.spi.EventStoreContract;
import io.meterport.application.spi.MeterBuildsContract;
import io.meterport.application.spi.MeterStoreContract;
import io.meterport.application.spi.PortalTokenStoreContract;
import io.meterport.application.spi.RevocationLogContract;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.Together;
import io.meterport.application.spi.UsageReaderContract;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All that is promised holds where PgBouncer gives each transaction another connection. */
class PgBouncerTest {
    private static final int NODES = 3;
    private static final int THREADS = 12;
    private static final int BATCHES = 20;

    private static PostgresStorage open(String database) {
        return PostgresStorage.open(
                PostgresOptions.of(TestBouncer.shared().options(database)),
                InstantSource.fixed(Samples.NOON));
    }

    private static WholeStorage openNew() {
        return WholeStorage.of(open(Databases.newDatabase()));
    }

    @Test
    void tablesAreMadeThroughIt() {
        String database = TestServer.shared().newDatabase();

        int steps =
                PostgresStorage.migrate(PostgresOptions.of(TestBouncer.shared().options(database)));

        assertThat(steps).isPositive();
        open(database).close();
    }

    @Test
    void severalNodesShareAFewConnections() throws Exception {
        String database = Databases.newDatabase();
        List<PostgresStorage> storages = new ArrayList<>();
        try {
            List<StorageDriver> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                storages.add(open(database));
                nodes.add(new StorageDriver(WholeStorage.of(storages.getLast())));
            }
            Meter meter = nodes.getFirst().define(meter("sum").number(1).sum());

            List<Integer> stored = Together.run(THREADS, thread -> {
                int sum = 0;
                for (int batch = 0; batch < BATCHES; batch++) {
                    // Each batch is sent by every thread, on every node.
                    sum += nodes.get(thread % NODES).send(Namespace.DEFAULT, batch(batch));
                }
                return sum;
            });

            assertThat(stored.stream().mapToInt(Integer::intValue).sum()).isEqualTo(BATCHES * 10);
            for (StorageDriver node : nodes) {
                assertThat(node.answer(query(meter).query()).getFirst().value())
                        .isEqualByComparingTo(String.valueOf(BATCHES * 10));
            }
            assertThat(connections(database)).isBetween(1, TestBouncer.SERVER_CONNECTIONS);
        } finally {
            storages.forEach(PostgresStorage::close);
        }
    }

    private static List<Event> batch(int number) {
        return IntStream.range(0, 10)
                .mapToObj(i -> event(number + "-" + i).with("value", 1).event())
                .toList();
    }

    private static int connections(String database) throws SQLException {
        try (Connection connection = TestServer.shared().connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where datname = '" + database
                                + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Nested
    class Events extends EventStoreContract {
        @Override
        protected WholeStorage open() {
            return openNew();
        }
    }

    @Nested
    @Tag("profile")
    class History extends EventReaderContract {
        @Override
        protected WholeStorage open() {
            return openNew();
        }
    }

    @Nested
    @Tag("profile")
    class Usages extends UsageReaderContract {
        @Override
        protected WholeStorage open() {
            return openNew();
        }
    }

    @Nested
    class Builds extends MeterBuildsContract {
        @Override
        protected WholeStorage open() {
            return openNew();
        }
    }

    @Nested
    @Tag("profile")
    class Meters extends MeterStoreContract {
        @Override
        protected WholeStorage open() {
            return openNew();
        }
    }

    @Nested
    class Tokens extends PortalTokenStoreContract {
        @Override
        protected WholeStorage open() {
            return openNew();
        }
    }

    @Nested
    class Revocations extends RevocationLogContract {
        @Override
        protected WholeStorage open() {
            return openNew();
        }
    }

    @Nested
    @Tag("profile")
    class Keys extends ApiKeyStoreContract {
        @Override
        protected WholeStorage open() {
            return openNew();
        }
    }
}
