package io.meterport.adapters.sqlite;

import static io.meterport.application.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.TokenSample;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqliteStorageTest {
    private static final Duration LIFE = Duration.ofDays(1);

    private final Path folder = TemporaryFiles.folder();

    @Test
    void knowsEverythingAgainWhenItIsOpenedAgain() {
        Meter meter;
        long head;
        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            meter = driver.define(Samples.meter("requests").dimensions("model"));
            driver.send(Samples.event("1"), Samples.event("2"));
            storage.tokens().create(TokenSample.token(1).token());
            head = revokeAlice(storage);
        }

        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            assertThat(driver.send(Samples.event("2"), Samples.event("3"))).isEqualTo(1);
            assertThat(driver.rows(Samples.query(meter).query()).getFirst().value())
                    .isEqualByComparingTo("3");
            assertThat(storage.meters().catalog(Namespace.DEFAULT).meters()).containsExactly(meter);
            assertThat(storage.revocations().head()).isEqualTo(head);
            assertThat(storage.tokens()
                            .verdict(Samples.tokenId(1))
                            .orElseThrow()
                            .isRevoked())
                    .isTrue();
        }
    }

    @Test
    void leavesOneFileBehind() {
        try (SqliteStorage storage = TemporaryFiles.open(folder)) {
            new StorageDriver(WholeStorage.of(storage)).send(Samples.event("1"));
        }

        assertThat(folder.resolve("meterport.db-wal")).doesNotExist();
        assertThat(folder.resolve("meterport.db")).isNotEmptyFile();
    }

    @Test
    void letsItselfBeClosedTwice() {
        SqliteStorage storage = TemporaryFiles.open(folder);

        storage.close();
        storage.close();

        assertThatThrownBy(() -> storage.keys().find("any"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("overloaded");
    }

    @Test
    void refusesMoreRawEventsThanItsBudgetWhileAMeterIsBuilt() {
        SqliteOptions options =
                SqliteOptions.of(Map.of("path", folder.toString(), "raw-budget", "10"));
        try (SqliteStorage storage = SqliteStorage.open(options, InstantSource.fixed(NOON))) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            driver.send(Namespace.DEFAULT, events(11));
            Meter meter = driver.define(Samples.meter("requests"));

            assertThatThrownBy(() -> driver.rows(Samples.query(meter).query()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("meter-building")
                    .hasMessageContaining("0 of 11 events");

            driver.finishBuilds();
            assertThat(driver.rows(Samples.query(meter).query()).getFirst().value())
                    .isEqualByComparingTo("11");
        }
    }

    @Test
    void forgetsTokensLongAfterTheirEndAndNeverRevivesOne() {
        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON)) {
            storage.tokens().create(TokenSample.token(1).token());
            storage.tokens()
                    .create(TokenSample.token(2)
                            .expiresAt(NOON.plus(Duration.ofDays(60)))
                            .token());
            revokeAlice(storage);
        }

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON.plus(Duration.ofDays(40)))) {
            RawFile raw = new RawFile(folder);
            raw.awaitZero("select count(*) from portal_token where id = '"
                    + Samples.tokenId(1).value() + "'");
            assertThat(storage.tokens()
                            .verdict(Samples.tokenId(2))
                            .orElseThrow()
                            .isRevoked())
                    .isTrue();
            assertThat(raw.number("select count(*) from watermark")).isEqualTo(1);
        }

        try (SqliteStorage storage = TemporaryFiles.open(folder, NOON.plus(Duration.ofDays(400)))) {
            RawFile raw = new RawFile(folder);
            raw.awaitZero("select count(*) from portal_token");
            raw.awaitZero("select count(*) from watermark");
            raw.awaitZero("select count(*) from revocation");
            assertThat(storage.tokens().verdict(Samples.tokenId(2))).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrongWithItsOptions() {
        SqliteProvider provider = new SqliteProvider(InstantSource.fixed(NOON));

        assertThat(provider.type()).isEqualTo("sqlite");
        assertThatThrownBy(() -> provider.open(Map.of("pth", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pth");
        provider.open(Map.of("path", folder.toString())).close();
    }

    private static long revokeAlice(SqliteStorage storage) {
        return storage.revocations()
                .revoke(
                        Namespace.DEFAULT,
                        new Revocation.OfSubject(new SubjectKey("alice")),
                        "test",
                        NOON,
                        LIFE);
    }

    private static List<Event> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Samples.event("id-" + i).event())
                .toList();
    }
}
