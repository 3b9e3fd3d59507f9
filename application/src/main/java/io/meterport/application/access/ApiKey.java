package io.meterport.application.access;

import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A backend's permission to call us. The secret is not part of it, only its hash.
 *
 * @param id public: a ULID, or the fixed name of a key that is not stored
 * @param name the operator's own, may be empty
 * @param scopes at least one
 * @param lastUsedAt when it was last let in, as far as it has been kept, which is once a minute
 */
@SuppressWarnings("ArrayRecordComponent") // Only ever compared in constant time, by its user.
public record ApiKey(
        String id,
        Namespace namespace,
        String name,
        Set<Scope> scopes,
        byte[] hash,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt) {
    public ApiKey {
        scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
        hash = hash.clone();
    }

    /** A key that was never used. */
    public ApiKey(
            String id,
            Namespace namespace,
            String name,
            Set<Scope> scopes,
            byte[] hash,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> revokedAt) {
        this(id, namespace, name, scopes, hash, createdAt, expiresAt, revokedAt, Optional.empty());
    }

    /** Whether it may be used for that. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** Whether it holds: neither revoked nor expired. */
    public boolean holds(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    @Override
    public String toString() {
        return "ApiKey[" + id + " of " + namespace + "]";
    }
}
