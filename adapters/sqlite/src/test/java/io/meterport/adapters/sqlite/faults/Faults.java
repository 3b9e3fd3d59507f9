package io.meterport.adapters.sqlite.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tells {@code faults.c}, in the same process, which operation is to fail. */
final class Faults {
    /** How many bytes the file has. */
    static final int BYTES = 4 * Long.BYTES;

    private static final int LEFT = 0;
    private static final int ERROR = 8;
    private static final int LASTING = 16;
    private static final int FAILED = 24;

    private final MappedByteBuffer control;

    Faults(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            control = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
            control.order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the operating system says. */
    enum Kind {
        /** EIO, once. */
        BROKEN(5, false),
        /** ENOSPC, until it is released. */
        FULL(28, true),
        /** EROFS, until it is released. */
        READ_ONLY(30, true);

        private final int error;
        private final boolean lasting;

        Kind(int error, boolean lasting) {
            this.error = error;
            this.lasting = lasting;
        }
    }

    /** Lets the operation of that number fail, counted from now, 1 being the next. */
    void arm(Kind kind, int number) {
        control.putLong(ERROR, kind.error);
        control.putLong(LASTING, kind.lasting ? 1 : 0);
        control.putLong(FAILED, 0);
        control.putLong(LEFT, number);
    }

    /** From now on everything works; returns how many operations have failed. */
    long release() {
        control.putLong(LEFT, 0);
        return control.getLong(FAILED);
    }
}
