package io.meterport.bootstrap.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lines in a file that are only ever appended, each on the disk when {@link #append} returns. Those
 * who append at the same time share a flush. Thread-safe.
 */
final class Journal implements AutoCloseable {
    private final FileChannel file;
    private final Object flushing = new Object();
    private long written;
    private long flushed;

    Journal(Path path) {
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(Entry entry) {
        ByteBuffer line = ByteBuffer.wrap((entry.line() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            flush(write(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized long write(ByteBuffer line) throws IOException {
        while (line.hasRemaining()) {
            file.write(line);
        }
        return ++written;
    }

    private synchronized long written() {
        return written;
    }

    private void flush(long mine) throws IOException {
        synchronized (flushing) {
            if (flushed < mine) {
                long all = written();
                file.force(false);
                flushed = all;
            }
        }
    }
}
