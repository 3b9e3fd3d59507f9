package io.meterport.adapters.sqlite.file;

import java.sql.SQLException;

/** What has to be done some time, a little at a time. */
@FunctionalInterface
public interface Chore {
    /**
     * Does a little of it, for 20 milliseconds at most, in a transaction of its own.
     *
     * @return whether there is more to do
     */
    boolean step(Session session) throws SQLException;

    /** Whether it goes first, however much else waits. */
    default boolean isPressing() {
        return false;
    }
}
