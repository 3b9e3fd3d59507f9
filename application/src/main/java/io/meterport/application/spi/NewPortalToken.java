package io.meterport.application.spi;

import io.meterport.domain.portal.Hints;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.Restrictions;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A token to be kept; the store adds the sequence it was created at.
 *
 * @param hash of its secret, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, from the use case to the store.
public record NewPortalToken(
        TokenId id,
        Namespace namespace,
        SubjectKey subject,
        MeterScope scope,
        Instant createdAt,
        Instant expiresAt,
        Optional<String> issuedBy,
        byte[] hash,
        Restrictions restrictions,
        Hints hints) {
    /** A token without restrictions or hints. */
    public NewPortalToken(
            TokenId id,
            Namespace namespace,
            SubjectKey subject,
            MeterScope scope,
            Instant createdAt,
            Instant expiresAt,
            Optional<String> issuedBy,
            byte[] hash) {
        this(
                id,
                namespace,
                subject,
                scope,
                createdAt,
                expiresAt,
                issuedBy,
                hash,
                Restrictions.NONE,
                Hints.NONE);
    }
}
