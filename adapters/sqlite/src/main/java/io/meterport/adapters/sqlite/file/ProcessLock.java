package io.meterport.adapters.sqlite.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process from opening the same database: what is known in memory, such as the last
 * revocation, would be wrong in both. The operating system releases it when the process ends.
 */
final class ProcessLock implements AutoCloseable {
    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or throws an {@link IllegalStateException} that says who has it. */
    static ProcessLock take(Path database) throws IOException {
        Path path = database.resolveSibling(database.getFileName() + ".lock");
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(channel)) {
            return new ProcessLock(channel);
        }
        channel.close();
        throw new IllegalStateException("The database " + database
                + " is in use by another running Meterport; stop that one first, or choose another"
                + " data folder.");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // This process has it already.
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
