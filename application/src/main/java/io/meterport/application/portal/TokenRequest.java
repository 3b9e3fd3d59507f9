package io.meterport.application.portal;

import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A portal token as a backend asks for it.
 *
 * @param meters slugs of the only meters it may read; absent means every meter, and an empty list
 *     is refused
 * @param expiresAt absent means the configured life from now
 */
public record TokenRequest(
        SubjectKey subject,
        Optional<List<String>> meters,
        Optional<Instant> expiresAt,
        AskedRestrictions restrictions,
        AskedHints hints) {
    public TokenRequest {
        Objects.requireNonNull(subject, "subject");
        meters = meters.map(List::copyOf);
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(restrictions, "restrictions");
        Objects.requireNonNull(hints, "hints");
    }

    /** A request for a token without restrictions or hints. */
    public TokenRequest(
            SubjectKey subject, Optional<List<String>> meters, Optional<Instant> expiresAt) {
        this(subject, meters, expiresAt, AskedRestrictions.NONE, AskedHints.NONE);
    }
}
