package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Servers with the meters of workload W, and what they are filled with before they are measured. */
final class Stores {
    /** How many daily windows a query has. */
    static final int DAYS = 31;

    /** The events of a store in which every subject has one on each day. */
    static final int EVENTS_OF_EACH_DAY = DAYS * Workload.SUBJECTS;

    private static final int FILLING_CONNECTIONS = 4;
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private Stores() {}

    /** Something done in a folder. */
    interface Place {
        void in(Path folder) throws IOException;
    }

    /** Something done with a server. */
    interface Use {
        void with(ServerProcess server) throws IOException;
    }

    static void inNewServer(Use use) throws IOException {
        inNewFolder(data -> {
            try (ServerProcess server = start(data, Map.of())) {
                defineMeters(server);
                use.with(server);
            }
        });
    }

    static void inNewFolder(Place place) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "bench");
        try {
            place.in(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static ServerProcess start(Path data, Map<String, String> environment) throws IOException {
        return ServerProcess.start(
                data, environment, Optional.empty(), "-XX:+UseSerialGC", "-Xmx512m");
    }

    static void defineMeters(ServerProcess server) throws IOException {
        for (String meter : List.of("""
                {"slug":"tokens","aggregation":"SUM","eventType":"prompt",\
                "valueProperty":"$.tokens","groupBy":{"model":"$.model"}}""", """
                {"slug":"prompts","aggregation":"COUNT","eventType":"prompt",\
                "groupBy":{"model":"$.model"}}""")) {
            call(server, "/api/v1/meters", meter);
        }
    }

    /** An event of each subject on each day, so that all stores answer with as many windows. */
    static void fillEachDay(ServerProcess server) {
        Instant now = Instant.now();
        Load.run(server.port(), 1, Duration.ofHours(1), DAYS, 204, i -> {
            int[] day = {0};
            return () -> Asked.batch(
                    server.key(), Workload.oneOfEach(now.minus(Duration.ofDays(day[0]++))));
        });
    }

    /** That many events, in the last 40 days. */
    static void fill(ServerProcess server, int events) {
        Load.run(
                server.port(),
                FILLING_CONNECTIONS,
                Duration.ofHours(1),
                events / Asked.BATCH,
                204,
                i -> {
                    Workload work = new Workload(i, Instant.now(), Duration.ofDays(40));
                    return () -> Asked.batch(server.key(), work.batch(Asked.BATCH));
                });
    }

    /** A token of each subject. */
    static String[] tokens(ServerProcess server) throws IOException {
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
}
