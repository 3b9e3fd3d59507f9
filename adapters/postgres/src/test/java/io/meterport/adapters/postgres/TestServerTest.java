package io.meterport.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestServerTest {
    @Test
    void opensAStorageInANewDatabaseAndKnowsItsLayoutAgain() {
        String database = TestServer.shared().newDatabase();

        assertThat(PostgresStorage.migrate(Databases.options(database))).isPositive();
        assertThat(PostgresStorage.migrate(Databases.options(database))).isZero();
        Databases.open(database).close();
    }
}
