package io.meterport.adapters.http;

import io.helidon.http.HeaderNames;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.application.access.RateLimit;
import io.meterport.application.portal.AuthenticateBearer;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.util.Optional;

/** Lets holders of portal tokens in: the token, the page it is used from, and how often. */
final class PortalDoor {
    private final AuthenticateBearer bearers;
    private final ClientAddress addresses;
    private final RateLimit byToken;
    private final RateLimit bySubject;

    PortalDoor(
            AuthenticateBearer bearers,
            ClientAddress addresses,
            RateLimit byToken,
            RateLimit bySubject) {
        this.bearers = bearers;
        this.addresses = addresses;
        this.byToken = byToken;
        this.bySubject = bySubject;
    }

    /** The token that the request came with; decided before anything else is looked at. */
    PortalToken enter(Exchange exchange) {
        PortalToken token = bearers.authenticate(BearerToken.of(exchange), address(exchange));
        exchange.calledBy(token.id().value());
        requireOrigin(token, exchange.header(HeaderNames.ORIGIN));
        token.restrictions()
                .perSecond()
                .ifPresentOrElse(
                        rate -> byToken.take(token.id().value(), rate),
                        () -> byToken.take(token.id().value()));
        bySubject.take(token.namespace() + "/" + token.subject());
        return token;
    }

    /** Where the request came from, as far as proxies can be believed. */
    String address(Exchange exchange) {
        return addresses.of(exchange);
    }

    /** A token for some pages only is refused from others, and where no page is named. */
    private static void requireOrigin(PortalToken token, Optional<String> origin) {
        if (!token.restrictions().origins().isEmpty()
                && origin.filter(token.restrictions().origins()::contains).isEmpty()) {
            throw new ProblemException(new Problem.Forbidden(
                    "origin-not-allowed", "The token does not allow this origin."));
        }
    }
}
