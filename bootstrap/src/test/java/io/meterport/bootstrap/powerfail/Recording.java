package io.meterport.bootstrap.powerfail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Records what processes do to the files of a folder. The recorder is a small library in C, built on
 * the spot and loaded into the server by {@code LD_PRELOAD}.
 */
final class Recording {
    private static final Path SOURCE = Path.of("src", "test", "native", "recorder.c");
    private static final long PATIENCE_SECONDS = 60;
    /** Of so many numbers, of which the last is the length of what follows. */
    private static final int HEAD = 6;

    private final Path folder;
    private final Path log;
    private final Path library;

    private Recording(Path folder, Path log, Path library) {
        this.folder = folder;
        this.log = log;
        this.library = library;
    }

    /** Prepares to record that folder; {@code place} is a folder outside of it. */
    static Recording of(Path folder, Path place) throws IOException, InterruptedException {
        Path library = place.resolve("recorder.so");
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-O2",
                        "-o",
                        library.toString(),
                        SOURCE.toString(),
                        "-ldl")
                .inheritIO()
                .start();
        if (!compiler.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
            throw new IllegalStateException("the recorder cannot be built; is a C compiler there?");
        }
        return new Recording(
                folder.toAbsolutePath(), place.resolve("operations"), library.toAbsolutePath());
    }

    /** What has to be in the environment of a process so that it is recorded. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LD_PRELOAD", library.toString());
        environment.put("RECORDER_FOLDER", folder.toString());
        environment.put("RECORDER_LOG", log.toAbsolutePath().toString());
        return environment;
    }

    /** All that was done, in order. */
    List<Operation> operations() throws IOException {
        List<Operation> operations = new ArrayList<>();
        try (DirectoryStream<Path> logs =
                Files.newDirectoryStream(log.getParent(), log.getFileName() + ".*")) {
            for (Path each : logs) {
                addTo(operations, each);
            }
        }
        // Of one process they are in order already, and this leaves equal ones where they are.
        operations.sort(Comparator.comparingLong(Operation::began));
        return operations;
    }

    private void addTo(List<Operation> operations, Path log) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
        while (isWhole(bytes)) {
            operations.add(next(bytes));
        }
    }

    /** Not if the process was killed while it wrote it. */
    private static boolean isWhole(ByteBuffer bytes) {
        int head = HEAD * Long.BYTES;
        return bytes.remaining() >= head
                && bytes.remaining() - head >= bytes.getLong(bytes.position() + head - Long.BYTES);
    }

    private Operation next(ByteBuffer bytes) {
        long kind = bytes.getLong();
        long file = bytes.getLong();
        long at = bytes.getLong();
        long length = bytes.getLong();
        long began = bytes.getLong();
        byte[] rest = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(rest);
        return switch ((int) kind) {
            case 1 -> new Operation.Create(began, file, name(text(rest)));
            case 2 -> new Operation.Write(began, file, at, rest);
            case 3 -> new Operation.Truncate(began, file, length);
            case 4 -> new Operation.Sync(began, file);
            case 5 -> new Operation.Unlink(began, name(text(rest)));
            case 6 -> {
                String[] both = text(rest).split("\n", 2);
                yield new Operation.Rename(began, name(both[0]), name(both[1]));
            }
            default -> throw new IllegalStateException("no kind of operation: " + kind);
        };
    }

    private String name(String path) {
        return folder.relativize(Path.of(path)).toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
