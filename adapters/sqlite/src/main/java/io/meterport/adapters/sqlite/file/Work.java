package io.meterport.adapters.sqlite.file;

import java.sql.SQLException;

/**
 * What the writer does in one transaction. All three methods are called by the writer's thread, and
 * exactly one of the last two after each {@link #run}, or without it.
 */
public interface Work {
    /** Writes; an exception undoes all of it. */
    void run(Session session) throws SQLException;

    /** It is durable now. */
    void committed();

    /** Nothing of it was stored; for {@code outcome-unknown} perhaps all of it was. */
    void failed(RuntimeException why);
}
