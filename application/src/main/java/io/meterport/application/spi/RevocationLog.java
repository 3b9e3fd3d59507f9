package io.meterport.application.spi;

import io.meterport.domain.portal.Revocation;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.time.Instant;

/** Keeps revocations in their one order, which is that of their commits and has no gaps. */
public interface RevocationLog {
    /**
     * Writes a revocation and returns its number, in one transaction: it covers the tokens that
     * exist, and none made later. Durable when it returns, and audited; every verdict read afterwards
     * knows it.
     *
     * @param actor the public id of the key that asked for it
     * @param longestLife no token lives longer than this after {@code at}, by today's settings
     */
    long revoke(
            Namespace namespace,
            Revocation revocation,
            String actor,
            Instant at,
            Duration longestLife);

    /**
     * The number of the last revocation, zero if there was none; never falls. With an embedded
     * store it is exact; with a shared one it is what this node has seen proven.
     */
    long head();
}
