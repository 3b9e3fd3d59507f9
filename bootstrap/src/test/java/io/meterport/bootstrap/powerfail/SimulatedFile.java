package io.meterport.bootstrap.powerfail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A file on a disk that may forget what was not flushed. */
final class SimulatedFile {
    /** What a disk writes whole or not at all. */
    private static final int SECTOR = 512;

    private byte[] flushed = new byte[0];
    private final List<Operation> pending = new ArrayList<>();

    void add(Operation operation) {
        pending.add(operation);
    }

    void flush() {
        flushed = content(() -> true);
        pending.clear();
    }

    /** What it holds if of the rest only that survives for which {@code survives} says so. */
    byte[] content(BooleanSupplier survives) {
        byte[] content = flushed;
        boolean isCopy = false;
        for (Operation each : pending) {
            if (!isCopy) {
                content = content.clone();
                isCopy = true;
            }
            content = switch (each) {
                case Operation.Write write -> written(content, write, survives);
                case Operation.Truncate cut
                when survives.getAsBoolean() ->
                    Arrays.copyOf(content, Math.toIntExact(cut.length()));
                default -> content;
            };
        }
        return content;
    }

    private static byte[] written(byte[] to, Operation.Write write, BooleanSupplier survives) {
        byte[] content = to;
        int length = write.bytes().length;
        for (int from = 0; from < length; from += SECTOR) {
            if (survives.getAsBoolean()) {
                int size = Math.min(SECTOR, length - from);
                int at = Math.toIntExact(write.at()) + from;
                if (content.length < at + size) {
                    content = Arrays.copyOf(content, at + size);
                }
                System.arraycopy(write.bytes(), from, content, at, size);
            }
        }
        return content;
    }
}
