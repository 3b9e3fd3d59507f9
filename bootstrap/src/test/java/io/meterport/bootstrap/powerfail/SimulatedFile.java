package io.meterport.bootstrap.powerfail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A file on a disk that may forget what was not flushed. */
final class SimulatedFile {
    /** What a disk writes whole or not at all. */
    private static final int SECTOR = 512;

    private byte[] flushed;
    private final List<Operation> pending = new ArrayList<>();

    /** A file that holds these bytes, flushed long ago. */
    SimulatedFile(byte[] flushed) {
        this.flushed = flushed.clone();
    }

    void add(Operation operation) {
        pending.add(operation);
    }

    void flush() {
        flushed = content(() -> true);
        pending.clear();
    }

    /** What it holds if of the rest only that survives for which {@code survives} says so. */
    byte[] content(BooleanSupplier survives) {
        if (pending.isEmpty()) {
            return flushed;
        }
        byte[] content = Arrays.copyOf(flushed, mostLength());
        int length = flushed.length;
        for (Operation each : pending) {
            length = switch (each) {
                case Operation.Write write -> write(content, length, write, survives);
                case Operation.Truncate cut
                when survives.getAsBoolean() -> cut(content, length, Math.toIntExact(cut.length()));
                default -> length;
            };
        }
        return Arrays.copyOf(content, length);
    }

    private int mostLength() {
        long most = flushed.length;
        for (Operation each : pending) {
            most = switch (each) {
                case Operation.Write write -> Math.max(most, write.at() + write.bytes().length);
                case Operation.Truncate cut -> Math.max(most, cut.length());
                default -> most;
            };
        }
        return Math.toIntExact(most);
    }

    /** Returns how long the file is then; what was cut off and is long again holds nothing. */
    private static int cut(byte[] content, int length, int to) {
        if (to < length) {
            Arrays.fill(content, to, length, (byte) 0);
        }
        return to;
    }

    private static int write(
            byte[] content, int length, Operation.Write write, BooleanSupplier survives) {
        int longest = length;
        for (int from = 0; from < write.bytes().length; from += SECTOR) {
            if (survives.getAsBoolean()) {
                int size = Math.min(SECTOR, write.bytes().length - from);
                int at = Math.toIntExact(write.at()) + from;
                System.arraycopy(write.bytes(), from, content, at, size);
                longest = Math.max(longest, at + size);
            }
        }
        return longest;
    }
}
