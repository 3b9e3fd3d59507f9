package io.meterport.adapters.sqlite.file;

import java.sql.SQLException;

/**
 * What is kept in memory of what is stored. Only the writer's thread calls these; whatever a
 * transaction changes in memory must not count before {@link #committed}.
 */
public interface Kept {
    /** Forgets everything and reads it from the file. */
    void load(Session session) throws SQLException;

    /** The transaction's changes are stored. */
    void committed();

    /** The transaction's changes are not stored. */
    void undone();
}
