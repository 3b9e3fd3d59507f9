package io.meterport.application.portal;

import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.subject.Namespace;
import java.nio.ByteBuffer;

/** The SHA-256 of a presented credential, so that memory holds no secrets to compare with. */
record Fingerprint(long a, long b, long c, long d) {
    static Fingerprint of(TokenSecret secret) {
        ByteBuffer hash = ByteBuffer.wrap(secret.hash(Namespace.DEFAULT));
        return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }
}
