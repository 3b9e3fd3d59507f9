package io.meterport.application.spi;

import io.meterport.domain.portal.PortalToken;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A token as lists show it.
 *
 * @param revokedAt when the first revocation that covers it was written
 * @param lastUsedAt when it was last let in, as far as it has been kept, which is once a minute
 */
public record ListedToken(
        PortalToken token, Optional<Instant> revokedAt, Optional<Instant> lastUsedAt) {
    public ListedToken {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(revokedAt, "revokedAt");
        Objects.requireNonNull(lastUsedAt, "lastUsedAt");
    }
}
