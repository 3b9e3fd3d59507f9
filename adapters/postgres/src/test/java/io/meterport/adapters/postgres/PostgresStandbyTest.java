package io.meterport.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.application.spi.Samples;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.subject.Namespace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A copy of the database that lags behind knows too few revocations, so nobody asks it. */
class PostgresStandbyTest {
    private static final Duration LIFE = Duration.ofHours(1);

    @Test
    void staleReplicaIsNeverAsked() throws SQLException {
        try (TestServer primary = TestServer.start();
                TestServer replica = TestServer.start()) {
            String database = primary.newDatabase();
            replica.execute("postgres", "create database " + database);
            open(primary.options(database)).close();
            open(replica.options(database)).close();
            makeReplica(replica);
            assertThat(isInRecovery(replica, database)).isTrue();

            assertThatThrownBy(() -> open(replica.options(database)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be used");

            Map<String, String> both = new LinkedHashMap<>(primary.options(database));
            both.put("tls", "off");
            both.put(
                    "url",
                    "jdbc:postgresql://127.0.0.1:" + replica.port() + ",127.0.0.1:" + primary.port()
                            + "/" + database);
            try (PostgresStorage storage = open(both)) {
                for (int number = 1; number <= 20; number++) {
                    long made = storage.revocations()
                            .revoke(
                                    Namespace.DEFAULT,
                                    new Revocation.Global(),
                                    "tests",
                                    Samples.NOON,
                                    LIFE);

                    assertThat(made).isEqualTo(number);
                    assertThat(storage.revocations().head()).isEqualTo(number);
                }
            }

            replica.execute("postgres", "select pg_promote()");
            open(replica.options(database)).close();
        }
    }

    private static PostgresStorage open(Map<String, String> options) {
        return PostgresStorage.open(PostgresOptions.of(options), InstantSource.fixed(Samples.NOON));
    }

    /** What makes a server follow another one is a file; which one it follows is not told here. */
    private static void makeReplica(TestServer server) {
        server.execute("postgres", "copy (select '') to program 'cat > standby.signal'");
        server.stop();
        server.resume();
    }

    private static boolean isInRecovery(TestServer server, String database) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
