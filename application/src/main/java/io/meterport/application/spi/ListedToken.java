package io.meterport.application.spi;

import io.meterport.domain.portal.PortalToken;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A token as lists show it.
 *
 * @param revokedAt when the first revocation that covers it was written
 */
public record ListedToken(PortalToken token, Optional<Instant> revokedAt) {
    public ListedToken {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(revokedAt, "revokedAt");
    }
}
