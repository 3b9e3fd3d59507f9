package io.meterport.application.access;

import io.meterport.domain.portal.TokenSecret;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Makes credentials.
 *
 * @param ids gives a new ULID each time
 * @param randomness gives {@link TokenSecret#RANDOM_BYTES} bytes from a cryptographic source
 */
public record NewSecrets(Supplier<String> ids, Supplier<byte[]> randomness) {
    public NewSecrets {
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(randomness, "randomness");
    }

    /** A new credential of that kind. */
    public TokenSecret make(TokenSecret.Kind kind) {
        return TokenSecret.of(kind, ids.get(), randomness.get());
    }
}
