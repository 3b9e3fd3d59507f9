package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server holds at a moment; Linux only.
 *
 * @param resident its memory in bytes
 * @param heap what lives in its heap after a full collection, in bytes
 * @param descriptors how many files and sockets it has open
 * @param threads of the operating system
 * @param log the length of its write-ahead log in bytes
 * @param store the length of its store in bytes
 */
record Vitals(long resident, long heap, long descriptors, long threads, long log, long store) {
    private static final Pattern USED = Pattern.compile("total [0-9]+K, used ([0-9]+)K");

    /** Takes them, after a full collection. */
    static Vitals of(ServerProcess server) throws IOException {
        jcmd(server, "GC.run");
        Path data = server.data();
        Path process = Path.of("/proc/" + server.process().pid());
        return new Vitals(
                server.residentBytes(),
                heap(jcmd(server, "GC.heap_info")),
                count(process.resolve("fd")),
                count(process.resolve("task")),
                length(data.resolve("meterport.db-wal")),
                length(data.resolve("meterport.db")));
    }

    /** As a row of a table in Markdown, in MiB where it is bytes. */
    String row(String when) {
        return "| %s | %.1f | %.1f | %d | %d | %.1f | %.1f |"
                .formatted(
                        when,
                        mebi(resident),
                        mebi(heap),
                        descriptors,
                        threads,
                        mebi(log),
                        mebi(store));
    }

    /** The head of that table. */
    static String head() {
        return "| when | resident MiB | heap after collection MiB | descriptors | threads"
                + " | log MiB | store MiB |\n|---|---|---|---|---|---|---|";
    }

    private static double mebi(long bytes) {
        return bytes / 1_048_576.0;
    }

    /** Of both generations of the serial collector. */
    private static long heap(String info) {
        Matcher matcher = USED.matcher(info);
        long sum = 0;
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1)) * 1_024;
        }
        return sum;
    }

    private static String jcmd(ServerProcess server, String command) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(server.process().pid()),
                        command))
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static long length(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
