package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Workload W over HTTP against a server process with the embedded store, fsync on: ingest in
 * batches, ingest of single events, and portal queries of 31 daily windows over a small and a large
 * store. Prints a table in Markdown. Arguments: {@code [seconds a run] [events in the large store]
 * [ingest|stream|query]}.
 */
public final class WorkloadBenchmark {
    private static final int ROUNDS = 3;
    private static final int BATCH = 1_000;
    private static final int BATCH_CONNECTIONS = 8;
    /** Made before the clock starts, since the driver's work is not what is measured. */
    private static final int BATCHES_MADE = 120;

    private static final int DAYS = 31;
    private static final int EVENTS_OF_EACH_DAY = DAYS * Workload.SUBJECTS;
    private static final int FOLLOWED = 100;
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final Duration time;
    private final int large;

    private WorkloadBenchmark(Duration time, int large) {
        this.time = time;
        this.large = large;
    }

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int large = args.length > 1 ? Integer.parseInt(args[1]) : 100 * EVENTS_OF_EACH_DAY;
        String only = args.length > 2 && args[2] != null ? args[2] : "";
        new WorkloadBenchmark(Duration.ofSeconds(seconds), large).run(only);
    }

    private void run(String only) throws IOException {
        System.out.println("| what | connections | median /s | min – max /s | p50 ms | p99 ms"
                + " | server's CPU µs each |");
        System.out.println("|---|---|---|---|---|---|---|");
        if (only.isEmpty() || only.equals("ingest")) {
            ingest();
        }
        if (only.isEmpty() || only.equals("stream")) {
            stream();
        }
        if (only.isEmpty() || only.equals("query")) {
            query(EVENTS_OF_EACH_DAY);
            query(large);
        }
    }

    private void ingest() throws IOException {
        inNewServer(server -> {
            report(
                    server,
                    "ingest, batches of 1,000, events",
                    BATCH_CONNECTIONS,
                    BATCH,
                    () -> Load.run(
                            server.port(), BATCH_CONNECTIONS, time, 204, i -> batches(server, i)));
            System.out.println("| resident memory after it, MiB | | "
                    + server.residentBytes() / 1_048_576 + " | | | | |");
        });
        inNewServer(server -> report(
                server,
                "ingest, single events",
                64,
                1,
                () -> Load.run(server.port(), 64, time, 204, i -> singles(server, i))));
    }

    /** The same with answers that are kept and without, in two servers on one store. */
    private void query(int events) throws IOException {
        inNewServer(server -> {
            fillEachDay(server);
            fill(server, events - EVENTS_OF_EACH_DAY);
            String[] tokens = tokens(server);
            query(server, events, "answers kept", tokens);
            server.close();
            try (ServerProcess other =
                    start(server.data(), Map.of("METERPORT_SERVER_LIMITS_KEPT_ANSWERS", "0"))) {
                query(other, events, "each worked out", tokens);
            }
        });
    }

    private void query(ServerProcess server, int events, String how, String[] tokens) {
        report(
                server,
                "portal query, 31 days, UTC and New York, %,d events, %s".formatted(events, how),
                32,
                1,
                () -> Load.run(server.port(), 32, time, 200, i -> queries(tokens, i)));
    }

    /** From 204 to the notice, while 100 subjects are followed. */
    private void stream() throws IOException {
        inNewServer(server -> {
            List<String> subjects = new ArrayList<>();
            for (int i = 0; i < FOLLOWED; i++) {
                subjects.add(Workload.subject(i));
            }
            List<String> tokens = List.of(tokens(server)).subList(0, FOLLOWED);
            try (StreamLatency streams = new StreamLatency(server, tokens)) {
                streams.measure(FOLLOWED * 2, subjects);
                Histogram micros = streams.measure(FOLLOWED * 10, subjects);
                System.out.printf(
                        "| 204 to the notice on the stream | %d | | | %.2f | %.2f | |%n",
                        FOLLOWED,
                        micros.getValueAtPercentile(50) / 1_000.0,
                        micros.getValueAtPercentile(99) / 1_000.0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Use {
        void with(ServerProcess server) throws IOException;
    }

    private static void inNewServer(Use use) throws IOException {
        Path data = Files.createTempDirectory(Path.of("target"), "bench");
        try (ServerProcess server = start(data, Map.of())) {
            defineMeters(server);
            use.with(server);
        } finally {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static ServerProcess start(Path data, Map<String, String> environment)
            throws IOException {
        return ServerProcess.start(
                data, environment, Optional.empty(), "-XX:+UseSerialGC", "-Xmx512m");
    }

    private static void defineMeters(ServerProcess server) throws IOException {
        for (String meter : List.of("""
                {"slug":"tokens","aggregation":"SUM","eventType":"prompt",\
                "valueProperty":"$.tokens","groupBy":{"model":"$.model"}}""", """
                {"slug":"prompts","aggregation":"COUNT","eventType":"prompt",\
                "groupBy":{"model":"$.model"}}""")) {
            call(server, "/api/v1/meters", meter);
        }
    }

    private static String call(ServerProcess server, String path, String body) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            byte[] json = body.getBytes(StandardCharsets.UTF_8);
            int status = connection.exchange(
                    RawConnection.post(path, server.key(), "application/json", json));
            if (status >= 300) {
                throw new IllegalStateException(status + " " + connection.body());
            }
            return connection.body();
        }
    }

    /** An event of each subject on each day, so that all stores answer with as many windows. */
    private static void fillEachDay(ServerProcess server) {
        Instant now = Instant.now();
        Load.run(server.port(), 1, Duration.ofHours(1), DAYS, 204, i -> {
            int[] day = {0};
            return () -> post(
                    server,
                    Workload.oneOfEach(now.minus(Duration.ofDays(day[0]++))),
                    "application/cloudevents-batch+json");
        });
    }

    private static void fill(ServerProcess server, int events) {
        Load.run(server.port(), 4, Duration.ofHours(1), events / BATCH, 204, i -> {
            Workload work = new Workload(i, Instant.now(), Duration.ofDays(40));
            return () -> batch(server, work);
        });
    }

    private static Load.Requests batches(ServerProcess server, int connection) {
        Workload work =
                new Workload(System.nanoTime() + connection, Instant.now(), Duration.ofHours(1));
        Deque<byte[]> made = new ArrayDeque<>();
        for (int i = 0; i < BATCHES_MADE; i++) {
            made.add(batch(server, work));
        }
        return () -> made.isEmpty() ? batch(server, work) : made.remove();
    }

    private static byte[] batch(ServerProcess server, Workload work) {
        return post(server, work.batch(BATCH), "application/cloudevents-batch+json");
    }

    private static Load.Requests singles(ServerProcess server, int connection) {
        Workload work =
                new Workload(System.nanoTime() + connection, Instant.now(), Duration.ofHours(1));
        return () -> post(server, work.single(), "application/cloudevents+json");
    }

    private static byte[] post(ServerProcess server, byte[] body, String contentType) {
        return RawConnection.post("/api/v1/events", server.key(), contentType, body);
    }

    private static String[] tokens(ServerProcess server) throws IOException {
        String[] tokens = new String[Workload.SUBJECTS];
        for (int i = 0; i < tokens.length; i++) {
            String answer = call(
                    server,
                    "/api/v1/portal/tokens",
                    "{\"subject\":\"" + Workload.subject(i) + "\"}");
            Matcher matcher = TOKEN.matcher(answer);
            if (!matcher.find()) {
                throw new IllegalStateException(answer);
            }
            tokens[i] = matcher.group(1);
        }
        return tokens;
    }

    private static Load.Requests queries(String[] tokens, int connection) {
        byte[][] requests = new byte[tokens.length * 2][];
        for (int i = 0; i < tokens.length; i++) {
            requests[2 * i] = daily(tokens[i], ZoneOffset.UTC, "UTC");
            requests[2 * i + 1] =
                    daily(tokens[i], ZoneId.of("America/New_York"), "America%2FNew_York");
        }
        int[] next = {connection * 61};
        return () -> requests[next[0]++ % requests.length];
    }

    private static byte[] daily(String token, ZoneId zone, String name) {
        LocalDate today = LocalDate.now(zone);
        Instant from = today.minusDays(30).atStartOfDay(zone).toInstant();
        Instant to = today.plusDays(1).atStartOfDay(zone).toInstant();
        return RawConnection.get(
                "/api/v1/portal/meters/tokens/query?windowSize=DAY&windowTimeZone=" + name
                        + "&from=" + from + "&to=" + to,
                token);
    }

    private interface Run {
        Load.Result once();
    }

    private void report(ServerProcess server, String what, int connections, int each, Run run) {
        run.once(); // Warm up: the first one is not counted.
        Duration before = cpu(server);
        Load.Result[] results = new Load.Result[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            results[i] = run.once();
        }
        long micros = cpu(server).minus(before).toNanos() / 1_000;
        long count = Arrays.stream(results).mapToLong(Load.Result::count).sum() * each;
        Arrays.sort(results, Comparator.comparingDouble(Load.Result::perSecond));
        System.out.printf(
                "| %s | %d | %,.0f | %,.0f – %,.0f | %.2f | %.2f | %.1f |%n",
                what,
                connections,
                results[ROUNDS / 2].perSecond() * each,
                results[0].perSecond() * each,
                results[ROUNDS - 1].perSecond() * each,
                median(results, Load.Result::p50Millis),
                median(results, Load.Result::p99Millis),
                (double) micros / count);
    }

    private static Duration cpu(ServerProcess server) {
        return server.process().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double median(Load.Result[] results, ToDoubleFunction<Load.Result> of) {
        return Arrays.stream(results).mapToDouble(of).sorted().toArray()[results.length / 2];
    }
}
