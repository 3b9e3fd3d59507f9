package io.meterport.adapters.postgres;

import static io.meterport.application.spi.Samples.NOON;
import static io.meterport.application.spi.TokenSample.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.CatalogStorage;
import io.meterport.application.spi.ListedToken;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.TokenSample;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Revoked tokens stay dead, whatever is cleaned up and whatever is configured. */
class PostgresTokensTest {
    private static final Duration SHORT = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant LATER = NOON.plus(Duration.ofDays(60));

    private final String database = Databases.newDatabase();

    /** A revocation that was written with the lower limit has to outlive tokens of the higher one. */
    @Test
    void lowerMaxLifeNeverResurrects() {
        try (PostgresStorage before = Databases.open(database)) {
            create(before, token(1).of("alice").expiresAt(NOON.plus(Duration.ofDays(90))));
            create(before, token(2).of("carol").expiresAt(NOON.plus(Duration.ofDays(90))));
            create(before, token(3).of("bob").expiresAt(NOON.plus(SHORT)));
            revoke(before, new Revocation.OfSubject(new SubjectKey("alice")));
            revoke(before, new Revocation.OfToken(Samples.tokenId(2)));
            before.clock().raise(LATER);
        }

        try (PostgresStorage after = Databases.open(database, LATER)) {
            await(() -> after.tokens().verdict(Samples.tokenId(3)).isEmpty());

            assertThat(isRevoked(after, Samples.tokenId(1))).isTrue();
            assertThat(isRevoked(after, Samples.tokenId(2))).isTrue();
            assertThat(after.tokens()
                            .list(Namespace.DEFAULT, Optional.empty(), Optional.empty(), 10))
                    .extracting(ListedToken::revokedAt)
                    .containsExactly(Optional.of(NOON), Optional.of(NOON));
        }
    }

    /** The order is that of the numbers: at one moment of the clock there is before and after. */
    @Test
    void revokeThenCreateSameMillis() {
        try (PostgresStorage storage = Databases.open(database)) {
            for (int round = 0; round < 20; round++) {
                int number = 10 * round + 1;
                create(storage, token(number).of("alice"));
                revoke(storage, new Revocation.OfSubject(new SubjectKey("alice")));
                create(storage, token(number + 1).of("alice"));

                assertThat(isRevoked(storage, Samples.tokenId(number))).isTrue();
                assertThat(isRevoked(storage, Samples.tokenId(number + 1))).isFalse();
            }
        }
    }

    /** Whichever circle was revoked last, a token falls to the greatest of its marks. */
    @Test
    void watermarkIsMaxAllOrders() {
        List<Revocation> circles = List.of(
                new Revocation.Global(),
                new Revocation.OfNamespace(),
                new Revocation.OfSubject(new SubjectKey("alice")));
        try (PostgresStorage storage = Databases.open(database)) {
            for (int first = 0; first < circles.size(); first++) {
                for (int second = 0; second < circles.size(); second++) {
                    int number = 100 * first + 10 * second + 1;
                    create(storage, token(number).of("alice"));
                    revoke(storage, circles.get(first));
                    create(storage, token(number + 1).of("alice"));
                    revoke(storage, circles.get(second));
                    create(storage, token(number + 2).of("alice"));

                    assertThat(isRevoked(storage, Samples.tokenId(number))).isTrue();
                    assertThat(isRevoked(storage, Samples.tokenId(number + 1))).isTrue();
                    assertThat(isRevoked(storage, Samples.tokenId(number + 2))).isFalse();
                }
            }
        }
    }

    private static void create(CatalogStorage storage, TokenSample sample) {
        var _ = storage.tokens().create(sample.token());
    }

    private static void revoke(CatalogStorage storage, Revocation revocation) {
        var _ = storage.revocations().revoke(Namespace.DEFAULT, revocation, "tests", NOON, SHORT);
    }

    private static boolean isRevoked(CatalogStorage storage, TokenId id) {
        return storage.tokens().verdict(id).orElseThrow().isRevoked();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
