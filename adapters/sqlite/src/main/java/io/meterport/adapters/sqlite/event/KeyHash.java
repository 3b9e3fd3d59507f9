package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.key.KeySalt;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.subject.Namespace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The hash by which an event is known again. Each part goes in with its length, so that no two
 * different triples give the same bytes.
 */
final class KeyHash {
    private KeyHash() {}

    static ValueHash of(MessageDigest digest, KeySalt salt, Namespace namespace, EventKey key) {
        digest.update(salt.bytes());
        part(digest, namespace.name());
        part(digest, key.source());
        part(digest, key.id());
        return ValueHash.of(digest.digest());
    }

    private static void part(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >> 24));
        digest.update((byte) (bytes.length >> 16));
        digest.update((byte) (bytes.length >> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }
}
