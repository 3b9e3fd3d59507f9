package io.meterport.application.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of API keys promises. */
public abstract class ApiKeyStoreContract extends StorageContract {
    private static final Instant THEN = Instant.parse("2025-03-05T12:00:00.000001Z");

    @Test
    void knowsNoKeyAtFirst() {
        assertThat(keys().find(Samples.ulid(1))).isEmpty();
        assertThat(keys().all(Namespace.DEFAULT)).isEmpty();
    }

    @Test
    void keepsAKeyExactlyAsItIs() {
        for (ApiKey key : new ApiKey[] {
            key(1, Namespace.DEFAULT, "", EnumSet.of(Scope.INGEST), Optional.empty()),
            key(
                    2,
                    Samples.OTHER,
                    "CI 'quoted' 😀",
                    EnumSet.allOf(Scope.class),
                    Optional.of(THEN.plusSeconds(60)))
        }) {
            keys().create(key, "actor");

            ApiKey found = keys().find(key.id()).orElseThrow();
            assertThat(found.namespace()).isEqualTo(key.namespace());
            assertThat(found.name()).isEqualTo(key.name());
            assertThat(found.scopes()).isEqualTo(key.scopes());
            assertThat(found.hash()).isEqualTo(key.hash());
            assertThat(found.createdAt()).isEqualTo(key.createdAt());
            assertThat(found.expiresAt()).isEqualTo(key.expiresAt());
            assertThat(found.revokedAt()).isEmpty();
        }
    }

    @Test
    void listsTheKeysOfANamespaceNewestFirstRevokedOnesToo() {
        for (int number = 1; number <= 3; number++) {
            keys().create(key(number), "actor");
        }
        keys().create(
                        key(4, Samples.OTHER, "", EnumSet.of(Scope.QUERY), Optional.empty()),
                        "actor");
        keys().revoke(Samples.ulid(2), "actor", THEN);

        assertThat(keys().all(Namespace.DEFAULT))
                .extracting(ApiKey::id)
                .containsExactly(Samples.ulid(3), Samples.ulid(2), Samples.ulid(1));
        assertThat(keys().all(Samples.OTHER)).hasSize(1);
        assertThat(keys().all(new Namespace("third"))).isEmpty();
    }

    @Test
    void revokesAKeyOnceAndNoOther() {
        keys().create(key(1), "actor");
        keys().create(key(2), "actor");

        keys().revoke(Samples.ulid(1), "actor", THEN);
        keys().revoke(Samples.ulid(1), "actor", THEN.plusSeconds(60));
        keys().revoke(Samples.ulid(99), "actor", THEN);

        assertThat(keys().find(Samples.ulid(1)).orElseThrow().revokedAt()).contains(THEN);
        assertThat(keys().find(Samples.ulid(2)).orElseThrow().revokedAt()).isEmpty();
        assertThat(keys().find(Samples.ulid(99))).isEmpty();
    }

    private ApiKeyStore keys() {
        return catalog().keys();
    }

    private static ApiKey key(int number) {
        return key(number, Namespace.DEFAULT, "name", EnumSet.of(Scope.ADMIN), Optional.empty());
    }

    private static ApiKey key(
            int number,
            Namespace namespace,
            String name,
            Set<Scope> scopes,
            Optional<Instant> expiresAt) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        hash[31] = (byte) 0xff;
        return new ApiKey(
                Samples.ulid(number),
                namespace,
                name,
                scopes,
                hash,
                THEN.plusSeconds(number),
                expiresAt,
                Optional.empty());
    }
}
