package io.meterport.adapters.postgres.catalog;

import io.meterport.domain.subject.Namespace;
import org.jdbi.v3.core.Handle;

/** Lets transactions that look before they write come one after the other, until each has ended. */
final class OneByOne {
    private static final int SUBJECTS = 0x6d707375;
    private static final String LOCK = "select pg_advisory_xact_lock(:what, hashtext(:name))";

    private OneByOne() {}

    /** Those that register subjects of the namespace. */
    static void subjects(Handle handle, Namespace namespace) {
        handle.createQuery(LOCK)
                .bind("what", SUBJECTS)
                .bind("name", namespace.name())
                .map((row, context) -> true)
                .one();
    }
}
