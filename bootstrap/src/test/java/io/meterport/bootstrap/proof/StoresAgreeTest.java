package io.meterport.bootstrap.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.postgres.PostgresStorage;
import io.meterport.adapters.postgres.TestServer;
import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StoresAgreement;
import io.meterport.application.spi.WholeStorage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** R26: the same events into each storage, and the same answers out of it. */
class StoresAgreeTest {
    /** So many in one pair of storages; then others begin. */
    private static final long QUERIES_EACH = 5_000;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void sqliteAndPostgresAnswerTheSame() {
        long wanted = Size.of("queries", 600);
        long asked = 0;
        long refused = 0;
        for (int round = 0; asked < wanted; round++) {
            StoresAgreement.Result result =
                    round(round, Math.min(QUERIES_EACH, wanted - asked), Size.seed() + round);

            assertThat(result.differences()).isEmpty();
            asked += result.queries();
            refused += result.refused();
        }
        Report.add(
                "R26 SQLite and PostgreSQL answer the same",
                "%,d queries, %,d of them refused for too many windows, 0 differences"
                        .formatted(asked, refused));
        assertThat(refused).isLessThan(asked / 4);
    }

    private StoresAgreement.Result round(int number, long wanted, long seed) {
        InstantSource noon = InstantSource.fixed(Samples.NOON);
        SqliteOptions file = SqliteOptions.at(folder.resolve("round-" + number));
        PostgresOptions database = PostgresOptions.of(
                TestServer.shared().options(TestServer.shared().newDatabase()));
        try (SqliteStorage sqlite = SqliteStorage.open(file, noon);
                PostgresStorage postgres = PostgresStorage.open(database, noon)) {
            return new StoresAgreement(WholeStorage.of(sqlite), WholeStorage.of(postgres))
                    .run(wanted, Size.of("queries-each", 6), seed);
        }
    }
}
