package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.rollup.Hashes;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.subject.Namespace;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;

/**
 * What this database's keys begin with before they are hashed, so that nobody can choose event ids
 * whose keys lie in one place. Immutable.
 */
public final class KeySalt {
    private final byte[] bytes;

    private KeySalt(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** That of the database. */
    static KeySalt read(Transactions transactions) {
        return new KeySalt(
                transactions.readOnce(handle -> handle.createQuery("select salt from key_salt")
                        .mapTo(byte[].class)
                        .one()));
    }

    /** For the keys of one batch. */
    public Hashing hashing() {
        return new Hashing();
    }

    /** Makes keys. Not thread-safe. */
    public final class Hashing {
        private final MessageDigest digest = Hashes.sha256();

        /** The hash by which an event is known again. */
        public UUID of(Namespace namespace, EventKey key) {
            return Hashes.salted(digest, bytes, List.of(namespace.name(), key.source(), key.id()));
        }
    }
}
