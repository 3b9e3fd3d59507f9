package io.meterport.adapters.postgres.server;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Something that is done little by little when there is time, by one node at a time. */
@FunctionalInterface
public interface Chore {
    /** Does a little of it, in a transaction of its own; returns whether more may be left. */
    boolean step(Handle handle) throws SQLException;
}
