package io.meterport.application.portal;

import io.meterport.application.spi.ListedToken;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lists portal tokens, without their secrets. Thread-safe. */
public final class ListPortalTokens {
    /** The most tokens of one list. */
    public static final int MOST_TOKENS = 100;

    private final PortalTokenStore tokens;
    private final MeterStore meters;
    private final InstantSource time;

    /**
     * @param time the clock by which tokens expire
     */
    public ListPortalTokens(PortalTokenStore tokens, MeterStore meters, InstantSource time) {
        this.tokens = tokens;
        this.meters = meters;
        this.time = time;
    }

    /** Tokens of the namespace, newest first, expired and revoked ones too. */
    public List<ListedToken> page(
            Namespace namespace, Optional<SubjectKey> subject, Optional<TokenId> after, int limit) {
        return tokens.list(namespace, subject, after, limit);
    }

    /** The meter that a token names, live or deleted. */
    public Optional<Meter> meter(Namespace namespace, MeterId id) {
        return meters.find(namespace, id);
    }

    /** The time by which a list tells what has expired. */
    public Instant now() {
        return time.instant();
    }
}
