package io.meterport.application.portal;

import io.meterport.application.access.ApiKey;
import io.meterport.application.access.NewSecrets;
import io.meterport.application.access.RateLimit;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.NewPortalToken;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.domain.portal.Hints;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Restrictions;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes portal tokens for backends. Thread-safe. */
public final class IssuePortalToken {
    private final MeterStore meters;
    private final PortalTokenStore tokens;
    private final NewSecrets secrets;
    private final InstantSource time;
    private final PortalLimits limits;
    private final RateLimit rate;

    /**
     * @param time the clock by which tokens expire
     * @param rate how often one API key may ask
     */
    public IssuePortalToken(
            MeterStore meters,
            PortalTokenStore tokens,
            NewSecrets secrets,
            InstantSource time,
            PortalLimits limits,
            RateLimit rate) {
        this.meters = meters;
        this.tokens = tokens;
        this.secrets = secrets;
        this.time = time;
        this.limits = limits;
        this.rate = rate;
    }

    /**
     * Makes a token; it is kept durably when this returns.
     *
     * @throws ProblemException {@code invalid-body}; {@code unknown-meter}; {@code
     *     too-many-tokens}; {@code rate-limited}
     */
    public IssuedToken issue(ApiKey by, TokenRequest request) {
        rate.take(by.id());
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expiresAt = request.expiresAt().orElse(now.plus(limits.life()));
        Require.that(expiresAt.isAfter(now), "invalid-body", "expiresAt must lie in the future");
        Require.that(
                !expiresAt.isAfter(now.plus(limits.longestLife())),
                "invalid-body",
                "expiresAt must not be more than "
                        + limits.longestLife().toHours()
                        + " hours ahead");
        TokenTerms terms = new TokenTerms(meters.catalog(by.namespace()));
        MeterScope scope = terms.scope(request.meters());
        Restrictions restrictions = terms.restrictions(request.restrictions());
        Hints hints = terms.hints(request.hints());
        TokenSecret secret = secrets.make(TokenSecret.Kind.PORTAL);
        PortalToken token = tokens.create(new NewPortalToken(
                new TokenId(secret.id()),
                by.namespace(),
                request.subject(),
                scope,
                now,
                expiresAt.truncatedTo(ChronoUnit.MICROS),
                Optional.of(by.id()),
                secret.hash(by.namespace()),
                restrictions,
                hints));
        return new IssuedToken(token, secret);
    }
}
