package io.meterport.bootstrap.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server process holds at a moment; Linux only.
 *
 * @param threads of the operating system
 * @param files that are open, sockets among them
 * @param heapBytes what is left of the heap after a collection
 */
record Vitals(int threads, int files, long heapBytes) {
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    /** Those of that process, which is a JVM with the serial collector. */
    static Vitals of(Process process) throws IOException, InterruptedException {
        Path place = Path.of("/proc", String.valueOf(process.pid()));
        command(process, "GC.run");
        String heap = command(process, "GC.heap_info");
        long kibibytes = 0;
        Matcher used = USED.matcher(heap);
        while (used.find()) {
            kibibytes += Long.parseLong(used.group(1));
        }
        if (kibibytes == 0) {
            throw new IllegalStateException("no heap found in " + heap);
        }
        return new Vitals(
                count(place.resolve("task")), count(place.resolve("fd")), kibibytes * 1_024);
    }

    /** Whether this is no more than that, but for so much. */
    boolean isWithin(Vitals base, int handles, long bytes) {
        return threads <= base.threads + handles
                && files <= base.files + handles
                && heapBytes <= base.heapBytes + bytes;
    }

    @Override
    public String toString() {
        return "%d threads, %d files, %.1f MiB of heap"
                .formatted(threads, files, heapBytes / 1_048_576.0);
    }

    private static int count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return (int) entries.count();
        }
    }

    private static String command(Process process, String command)
            throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
        return said;
    }
}
