package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server of workload W is given before it is measured, and what it counted afterwards. */
final class Prepared {
    /** How many daily windows a query has. */
    static final int DAYS = 31;

    /** The events of a store in which every subject has one on each day. */
    static final int EVENTS_OF_EACH_DAY = DAYS * Workload.SUBJECTS;

    private static final int FILLING_CONNECTIONS = 4;
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9]+)[,}]");

    private Prepared() {}

    /** Two meters that both count each event. */
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

    /**
     * Makes sure that the server's meters count what it has acknowledged and nothing else.
     *
     * @param before what they counted before the first event of the tally
     */
    static Counted requireExact(ServerProcess server, Counted before, Tally tally)
            throws IOException {
        Counted now = counted(server);
        Counted expected =
                new Counted(before.events() + tally.events(), before.tokens() + tally.tokens());
        if (!now.equals(expected)) {
            throw new IllegalStateException(
                    "the server counts " + now + " and has acknowledged " + expected);
        }
        return now;
    }

    /** What the meters of workload W say. */
    record Counted(long events, long tokens) {}

    /** What they say now. */
    static Counted counted(ServerProcess server) throws IOException {
        return new Counted(total(server, "prompts"), total(server, "tokens"));
    }

    private static long total(ServerProcess server, String meter) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            int status = connection.exchange(
                    RawConnection.get("/api/v1/meters/" + meter + "/query", server.key()));
            Matcher matcher = VALUE.matcher(connection.body());
            if (status == 200 && matcher.find()) {
                return Long.parseLong(matcher.group(1));
            }
            if (status == 200 && connection.body().contains("\"data\":[]")) {
                return 0;
            }
            throw new IllegalStateException(status + " " + connection.body());
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
}
