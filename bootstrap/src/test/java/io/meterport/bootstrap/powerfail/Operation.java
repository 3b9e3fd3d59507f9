package io.meterport.bootstrap.powerfail;

/** One thing that a process did to a file; {@code began} is by the clock of the ledger. */
sealed interface Operation {
    /** When it was begun, in nanoseconds. */
    long began();

    /** A new file of that name; it has the number that the operating system gave it. */
    record Create(long began, long file, String name) implements Operation {}

    /** Bytes written to a place of a file. */
    record Write(long began, long file, long at, byte[] bytes) implements Operation {}

    /** A file made as long or as short as that. */
    record Truncate(long began, long file, long length) implements Operation {}

    /** A file flushed; one that was never made is the folder itself. */
    record Sync(long began, long file) implements Operation {}

    /** A name removed. */
    record Unlink(long began, String name) implements Operation {}

    /** A file given another name. */
    record Rename(long began, String from, String to) implements Operation {}
}
