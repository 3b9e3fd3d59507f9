package io.meterport.domain.portal;

import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A permission to read one subject's usage for a while. The secret is not part of it.
 *
 * @param createdSequence the number of the last revocation before it was made; any later
 *     revocation that covers it ends it
 * @param expiresAt the first moment at which it no longer holds
 * @param issuedBy the id of the API key that asked for it; absent for keys that are not stored
 */
public record PortalToken(
        TokenId id,
        Namespace namespace,
        SubjectKey subject,
        MeterScope scope,
        long createdSequence,
        Instant createdAt,
        Instant expiresAt,
        Optional<String> issuedBy,
        Restrictions restrictions,
        Hints hints) {
    public PortalToken {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(issuedBy, "issuedBy");
        Objects.requireNonNull(restrictions, "restrictions");
        Objects.requireNonNull(hints, "hints");
    }

    /** A token without restrictions or hints. */
    public PortalToken(
            TokenId id,
            Namespace namespace,
            SubjectKey subject,
            MeterScope scope,
            long createdSequence,
            Instant createdAt,
            Instant expiresAt,
            Optional<String> issuedBy) {
        this(
                id,
                namespace,
                subject,
                scope,
                createdSequence,
                createdAt,
                expiresAt,
                issuedBy,
                Restrictions.NONE,
                Hints.NONE);
    }

    /** Whether it no longer holds by the clock: {@code now} at or after {@code expiresAt}. */
    public boolean hasExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
