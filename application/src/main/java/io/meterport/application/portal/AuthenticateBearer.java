package io.meterport.application.portal;

import io.meterport.application.access.LastUse;
import io.meterport.application.access.RateLimit;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a portal token is let in. What the store said about a token is remembered as long
 * as no revocation has happened since; so a token costs one reading, a text that is no token costs
 * none, and a revoked one is refused by the very next request, or as soon as this node has to know of
 * what other nodes wrote. Thread-safe.
 */
public final class AuthenticateBearer {
    private final PortalTokenStore tokens;
    private final RevocationHead head;
    private final PortalClock clock;
    private final LastUse uses;
    private final RateLimit strangers;
    private final VerdictCache cache = new VerdictCache();

    /**
     * @param head what remembered verdicts have to have been read at
     * @param clock by which tokens expire
     * @param strangers how often tokens that never were may come from one address
     */
    public AuthenticateBearer(
            PortalTokenStore tokens,
            RevocationHead head,
            PortalClock clock,
            LastUse uses,
            RateLimit strangers) {
        this.tokens = tokens;
        this.head = head;
        this.clock = clock;
        this.uses = uses;
        this.strangers = strangers;
    }

    /**
     * The token of that text; all that does not hold is refused in the same way.
     *
     * @param from the address that it came from
     * @throws ProblemException {@code unauthenticated}; {@code rate-limited} once too many tokens
     *     that never were have come from that address, which good ones do not suffer from; {@code
     *     clock-behind} (unavailable) while the wall clock cannot be believed; {@code
     *     revocations-unproven} and {@code revocations-lost} (unavailable)
     */
    public PortalToken authenticate(String text, String from) {
        requireClock();
        Instant now = clock.instant();
        TokenSecret secret = TokenSecret.parse(TokenSecret.Kind.PORTAL, text)
                .orElseThrow(AuthenticateBearer::unauthenticated);
        Optional<Verdict> verdict = verdict(secret);
        if (verdict.isEmpty()) {
            strangers.take(from);
        }
        PortalToken token = verdict.filter(known -> known.holds(now))
                .map(Verdict::token)
                .orElseThrow(AuthenticateBearer::unauthenticated);
        uses.ofToken(token.id(), now);
        return token;
    }

    /**
     * How it stands now with a token that was let in before; one that is gone counts as revoked.
     *
     * @throws ProblemException unavailable, as {@link #authenticate} does
     */
    public Standing standing(String text) {
        return TokenSecret.parse(TokenSecret.Kind.PORTAL, text)
                .flatMap(this::verdict)
                .map(this::standing)
                .orElse(Standing.REVOKED);
    }

    private static ProblemException unauthenticated() {
        return new ProblemException(new Problem.Unauthenticated(true));
    }

    private void requireClock() {
        if (clock.isBehind()) {
            throw new ProblemException(new Problem.Unavailable(
                    "clock-behind",
                    "The server's clock is behind; tokens cannot be judged.",
                    Duration.ofMinutes(1)));
        }
    }

    private Standing standing(Verdict verdict) {
        if (verdict.isRevoked()) {
            return Standing.REVOKED;
        }
        return verdict.holds(clock.instant()) ? Standing.HOLDS : Standing.EXPIRED;
    }

    private Optional<Verdict> verdict(TokenSecret secret) {
        Fingerprint fingerprint = Fingerprint.of(secret);
        Optional<Verdict> cached = cache.find(fingerprint, head.current());
        return cached.isPresent() ? cached : read(secret, fingerprint);
    }

    /** A verdict read now knows every revocation there is, whatever was known before. */
    private Optional<Verdict> read(TokenSecret secret, Fingerprint fingerprint) {
        long since = head.mark();
        Optional<Verdict> read = tokens.verdict(new TokenId(secret.id()));
        read.ifPresent(verdict -> head.learn(verdict.head(), since));
        Optional<Verdict> found = read.filter(verdict -> verdict.isOpenedBy(secret));
        found.ifPresent(verdict -> cache.put(fingerprint, verdict));
        return found;
    }
}
