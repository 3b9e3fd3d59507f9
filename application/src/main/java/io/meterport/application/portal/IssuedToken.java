package io.meterport.application.portal;

import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.TokenSecret;
import java.util.Objects;

/** A token just made, with its secret, which nobody will see again. */
public record IssuedToken(PortalToken token, TokenSecret secret) {
    public IssuedToken {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(secret, "secret");
    }
}
