package io.meterport.adapters.sqlite.key;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;

/**
 * What this file's keys begin with before they are hashed, so that nobody can choose event ids whose
 * keys lie in one place. Thread-safe.
 */
public final class KeySalt implements Kept {
    private volatile byte[] bytes = {};

    /** The bytes, which never change; not to be changed by the caller either. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public void load(Session session) {
        bytes = session.handle()
                .createQuery("select salt from key_salt")
                .mapTo(byte[].class)
                .one();
    }

    @Override
    public void committed() {
        // It is never written.
    }

    @Override
    public void undone() {
        // It is never written.
    }
}
