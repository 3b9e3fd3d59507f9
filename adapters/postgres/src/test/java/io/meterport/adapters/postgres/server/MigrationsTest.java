package io.meterport.adapters.postgres.server;

import static io.meterport.application.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.postgres.PostgresStorage;
import io.meterport.adapters.postgres.TestServer;
import io.meterport.application.spi.Together;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private final TestServer server = TestServer.shared();
    private final String database = server.newDatabase();
    private final Map<String, String> options = new HashMap<>(server.options(database));

    @Test
    void takesEachStepOnceThoughManyNodesDoAtOnce() {
        List<Integer> steps =
                Together.run(6, thread -> PostgresStorage.migrate(PostgresOptions.of(options)));

        assertThat(steps.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(Migrations.STEPS.size());
        open().close();
    }

    @Test
    void goesOnWhereAnotherStopped() {
        server.execute(database, "create table layout (one int primary key, number int not null)");
        server.execute(database, Migrations.text(Migrations.STEPS.getFirst()));
        server.execute(database, "insert into layout (one, number) values (1, 1)");

        assertThat(PostgresStorage.migrate(PostgresOptions.of(options)))
                .isEqualTo(Migrations.STEPS.size() - 1);
    }

    @Test
    void refusesTablesThatANewerMeterportMade() {
        PostgresStorage.migrate(PostgresOptions.of(options));
        server.execute(database, "update layout set number = 1000");

        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layout 1000")
                .hasMessageContaining("newer");
    }

    @Test
    void changesNothingIfItIsNotToAndSaysWhatToDo() {
        options.put("migrate", "false");

        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("meterport migrate");
    }

    private PostgresStorage open() {
        return PostgresStorage.open(PostgresOptions.of(options), InstantSource.fixed(NOON));
    }
}
