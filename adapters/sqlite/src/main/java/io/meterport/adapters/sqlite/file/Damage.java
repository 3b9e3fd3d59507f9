package io.meterport.adapters.sqlite.file;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is stored is not what was stored: found by our own checksums, and treated like SQLite's. */
public final class Damage {
    private Damage() {}

    /** The exception to throw; whoever asked is told that the storage is unavailable. */
    public static SQLException found(String where) {
        return new SQLiteException("the file is damaged: " + where, SQLiteErrorCode.SQLITE_CORRUPT);
    }
}
