package io.meterport.domain.portal;

import java.time.Instant;
import java.util.Objects;

/**
 * What the store knew about one token at one moment: all that is needed to let it in or not.
 *
 * @param hash what is stored of its secret
 * @param revoked whether the token itself was revoked
 * @param watermarks the revocations that may cover it
 * @param head the number of the last revocation when this was read
 */
public record Verdict(
        PortalToken token, byte[] hash, boolean revoked, Watermarks watermarks, long head) {
    public Verdict {
        Objects.requireNonNull(token, "token");
        hash = hash.clone();
        Objects.requireNonNull(watermarks, "watermarks");
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    /** Whether this is the secret the token was made with. */
    public boolean isOpenedBy(TokenSecret secret) {
        return secret.id().equals(token.id().value()) && secret.matches(token.namespace(), hash);
    }

    /** Whether the token holds: neither expired nor revoked. */
    public boolean holds(Instant now) {
        return !token.hasExpired(now) && !isRevoked();
    }

    /** Whether the token was ended by a revocation, of itself or of a circle it lies in. */
    public boolean isRevoked() {
        return revoked || watermarks.cover(token.createdSequence());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "Verdict[" + token.id() + ", head " + head + "]";
    }
}
