package io.meterport.application.portal;

import io.meterport.application.access.ApiKey;
import io.meterport.application.access.TokensOfKeys;
import io.meterport.application.spi.RevocationFeed;
import io.meterport.application.spi.RevocationLog;
import io.meterport.domain.portal.Revocation;
import java.time.InstantSource;

/** Ends portal tokens before their time. Thread-safe. */
public final class RevokePortalTokens implements TokensOfKeys {
    private final RevocationLog log;
    private final RevocationHead head;
    private final RevocationFeed feed;
    private final InstantSource time;
    private final PortalLimits limits;

    /**
     * @param head learns of each revocation at once
     * @param time the clock by which tokens expire
     */
    public RevokePortalTokens(
            RevocationLog log,
            RevocationHead head,
            RevocationFeed feed,
            InstantSource time,
            PortalLimits limits) {
        this.log = log;
        this.head = head;
        this.feed = feed;
        this.time = time;
        this.limits = limits;
    }

    @Override
    public void end(ApiKey by, String keyId) {
        revoke(by, new Revocation.OfApiKey(keyId));
    }

    /**
     * Ends those tokens that exist now, in the key's namespace, and returns the revocation's
     * number. It is durable when this returns, and on this node the very next request is refused.
     */
    public long revoke(ApiKey by, Revocation revocation) {
        long since = head.mark();
        long sequence = log.revoke(
                by.namespace(), revocation, by.id(), time.instant(), limits.longestLife());
        head.learn(sequence, since);
        feed.announce(sequence);
        return sequence;
    }
}
