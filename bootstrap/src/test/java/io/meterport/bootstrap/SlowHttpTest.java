package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.EVENT;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.bench.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Debian's slowhttptest holds a thousand connections as slowly as it can, while others send events
 * and ask. Nobody of them may be refused; how long they took is printed, and judged by people.
 */
class SlowHttpTest {
    private static final int CONNECTIONS = 1_000;
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(250);
    /** So many first, so that it is not the start of a JVM that is measured. */
    private static final int WARMING_PROBES = 300;
    /** And so many at the same pace, to compare with. */
    private static final int PROBES_BEFORE = 100;

    private static final int EARLIER_PROBES = WARMING_PROBES + PROBES_BEFORE;

    @TempDir
    private Path data;

    @Threat("H2")
    @Tag("profile")
    @ParameterizedTest
    @MethodSource("ways")
    void aThousandSlowConnectionsKeepNobodyOut(String way) throws Exception {
        long seconds = Long.getLong("slow.seconds", 240);
        try (ServerProcess server = ServerProcess.start(data)) {
            String url = "http://127.0.0.1:" + server.port();
            Api admin = new Api(URI.create(url), Optional.of(server.key()));
            admin.post("/api/v1/meters", """
                    {"slug":"n","aggregation":"COUNT","eventType":"n"}""");
            for (int i = 0; i < WARMING_PROBES; i++) {
                probe(admin, i);
            }
            List<Long> before = new ArrayList<>();
            for (int i = 0; i < PROBES_BEFORE; i++) {
                LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
                before.add(probe(admin, WARMING_PROBES + i));
            }
            List<Long> micros = new ArrayList<>();
            List<String> rows = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            // The tool ends when the server has cut all its connections, and then begins again.
            for (long left = seconds; left > 0; left = secondsUntil(end)) {
                rows.addAll(hold(way, url, left, admin, micros));
            }

            System.out.println("slowhttptest " + way + ": before it " + quantiles(before));
            System.out.println("slowhttptest " + way + ": " + rows.size() + " s, " + micros.size()
                    + " events stored and asked for, " + quantiles(micros));
            assertThat(rows).as("seconds in which it was available").isNotEmpty();
            assertThat(rows).as("available").noneMatch("0"::equals);
            assertThat(admin.get("/api/v1/meters/n/query").values())
                    .containsExactly(String.valueOf(EARLIER_PROBES + micros.size()));
        }
    }

    /** Runs the tool once; returns, second by second, whether it found the server available. */
    private List<String> hold(String way, String url, long seconds, Api admin, List<Long> micros)
            throws IOException, InterruptedException {
        Path table = data.resolve("slow");
        Process slow = new ProcessBuilder(command(way, url, String.valueOf(seconds), table))
                .redirectErrorStream(true)
                .redirectOutput(new File(data.toFile(), "slowhttptest.log"))
                .start();
        while (!slow.waitFor(BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS)) {
            micros.add(probe(admin, EARLIER_PROBES + micros.size()));
        }
        assertThat(slow.exitValue()).isZero();
        return available(Path.of(table + ".csv"));
    }

    private static long secondsUntil(long end) {
        return TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
    }

    /** Headers, bodies and readers, or those of them that are asked for. */
    static Stream<String> ways() {
        return Stream.of(System.getProperty("slow.ways", "-H,-B,-X").split(",", -1));
    }

    /** An event that is stored and counted, by a client that is not slow; in microseconds. */
    private static long probe(Api admin, int number) {
        long begin = System.nanoTime();
        String one = event("e" + number, "n", "acme", "2026-01-01T00:00:00Z", "{}");
        assertThat(admin.ingest(EVENT, one).status()).isEqualTo(204);
        assertThat(admin.get("/api/v1/meters/n/query").status()).isEqualTo(200);
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
    }

    private static List<String> command(String way, String url, String seconds, Path table) {
        String path = way.equals("-B") ? "/api/v1/events" : "/portal/embed";
        List<String> command = new ArrayList<>(List.of("slowhttptest", way));
        command.addAll(List.of("-c", String.valueOf(CONNECTIONS), "-r", "200", "-l", seconds));
        command.addAll(List.of("-i", "10", "-p", "3", "-g", "-o", table.toString()));
        command.addAll(List.of("-u", url + path));
        if (way.equals("-X")) {
            command.addAll(List.of("-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"));
        }
        return command;
    }

    /** The last column, second by second. */
    private static List<String> available(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .filter(line -> line.matches("[0-9].*"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    private static String quantiles(List<Long> micros) {
        List<Long> sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        return String.join(
                ", ",
                IntStream.of(50, 99, 100)
                        .mapToObj(percent -> "p" + percent + " "
                                + sorted.get(Math.min(
                                                sorted.size() - 1, sorted.size() * percent / 100))
                                        / 1_000
                                + " ms")
                        .toList());
    }
}
