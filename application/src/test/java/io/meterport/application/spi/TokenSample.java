package io.meterport.application.spi;

import io.meterport.domain.portal.Hints;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.Restrictions;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A portal token to be; every method gives another one that differs in one thing. */
public record TokenSample(
        int number,
        Namespace namespace,
        String subject,
        MeterScope scope,
        Instant expiresAt,
        Optional<String> issuedBy,
        Restrictions restrictions,
        Hints hints) {
    /** The token of that number, of the subject alice, for a day. */
    public static TokenSample token(int number) {
        return new TokenSample(
                number,
                Namespace.DEFAULT,
                "alice",
                new MeterScope.Every(),
                createdAt(number).plus(Duration.ofDays(1)),
                Optional.empty(),
                Restrictions.NONE,
                Hints.NONE);
    }

    public TokenSample of(String subject) {
        return new TokenSample(
                number, namespace, subject, scope, expiresAt, issuedBy, restrictions, hints);
    }

    public TokenSample in(Namespace namespace) {
        return new TokenSample(
                number, namespace, subject, scope, expiresAt, issuedBy, restrictions, hints);
    }

    public TokenSample scope(MeterScope scope) {
        return new TokenSample(
                number, namespace, subject, scope, expiresAt, issuedBy, restrictions, hints);
    }

    public TokenSample expiresAt(Instant expiresAt) {
        return new TokenSample(
                number, namespace, subject, scope, expiresAt, issuedBy, restrictions, hints);
    }

    public TokenSample issuedBy(String key) {
        return new TokenSample(
                number,
                namespace,
                subject,
                scope,
                expiresAt,
                Optional.of(key),
                restrictions,
                hints);
    }

    public TokenSample restricted(Restrictions restrictions) {
        return new TokenSample(
                number, namespace, subject, scope, expiresAt, issuedBy, restrictions, hints);
    }

    public TokenSample session(String label) {
        return restricted(new Restrictions(
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.of(label),
                false));
    }

    public TokenSample hints(Hints hints) {
        return new TokenSample(
                number, namespace, subject, scope, expiresAt, issuedBy, restrictions, hints);
    }

    /** Its secret, made of the number. */
    public TokenSecret secret() {
        byte[] random = new byte[TokenSecret.RANDOM_BYTES];
        random[0] = (byte) number;
        random[1] = (byte) (number >> 8);
        return TokenSecret.of(TokenSecret.Kind.PORTAL, Samples.ulid(number), random);
    }

    /** What the store is given. */
    public NewPortalToken token() {
        return new NewPortalToken(
                Samples.tokenId(number),
                namespace,
                new SubjectKey(subject),
                scope,
                createdAt(number),
                expiresAt,
                issuedBy,
                secret().hash(namespace),
                restrictions,
                hints);
    }

    private static Instant createdAt(int number) {
        return Samples.NOON.plusSeconds(number);
    }
}
