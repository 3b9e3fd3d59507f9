package io.meterport.bootstrap.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small file system in memory, mounted for a test. Linux, and only root may. */
final class Mount implements AutoCloseable {
    private static final String BALLAST = "ballast";

    private final Path place;

    private Mount(Path place) {
        this.place = place;
    }

    /**
     * Mounts one on that folder, which is made.
     *
     * @param options such as {@code size=64m}
     * @throws IllegalStateException if the machine does not allow it
     */
    static Mount at(Path place, String options) throws IOException {
        Files.createDirectories(place);
        run("mount", "-t", "tmpfs", "-o", options, "meterport-test", place.toString());
        return new Mount(place);
    }

    /** Changes its options. */
    void remount(String options) throws IOException {
        run("mount", "-o", "remount," + options, place.toString());
    }

    /** Leaves no byte free; returns how many were. */
    long fill() throws IOException {
        byte[] block = new byte[4_096];
        long written = 0;
        try (OutputStream out = Files.newOutputStream(place.resolve(BALLAST))) {
            while (true) {
                out.write(block);
                written += block.length;
            }
        } catch (IOException full) {
            return written;
        }
    }

    /** Makes files until no more can be made. */
    void useUpFiles() throws IOException {
        Path many = Files.createDirectories(place.resolve("many"));
        try {
            for (int i = 0; ; i++) {
                Files.createFile(many.resolve(String.valueOf(i)));
            }
        } catch (IOException none) {
            // There is no room for another.
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() throws IOException {
        Files.delete(place.resolve(BALLAST));
    }

    @Override
    public void close() throws IOException {
        run("umount", place.toString());
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("This proof mounts file systems, which needs Linux and"
                    + " root; \"" + String.join(" ", command) + "\" says: " + said.strip());
        }
    }
}
