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
     * store it is exact and costs nothing; with a shared one each call is a reading, of the primary
     * and of the last committed state, never of a replica or of something remembered.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code storage-unavailable} if a shared
     *     store does not answer
     */
    long head();

    /**
     * Whether other nodes write revocations too, so that the head has to be read to be known. It is
     * then proven anew again and again, and nobody asks for it with each decision.
     */
    default boolean isShared() {
        return false;
    }
}
