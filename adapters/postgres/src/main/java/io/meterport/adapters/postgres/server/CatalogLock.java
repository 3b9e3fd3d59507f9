package io.meterport.adapters.postgres.server;

import org.jdbi.v3.core.Handle;

/**
 * Keeps changes of meters apart from everything that stores events: whoever stores shares the lock
 * until its transaction ends, whoever changes has it alone. So a change knows all events that were
 * counted with the meters before it, and none is stored between them and the change.
 */
public final class CatalogLock {
    private static final long LOCK = 0x6d65746572636174L;

    private CatalogLock() {}

    /** Shares it until the transaction ends, and returns the version of the catalog. */
    public static long share(Handle handle) {
        handle.execute("select pg_advisory_xact_lock_shared(?)", LOCK);
        return version(handle);
    }

    /** Has it alone until the transaction ends. */
    public static void take(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(?)", LOCK);
    }

    /** The version of the catalog. */
    public static long version(Handle handle) {
        return handle.createQuery("select version from catalog")
                .mapTo(long.class)
                .one();
    }
}
