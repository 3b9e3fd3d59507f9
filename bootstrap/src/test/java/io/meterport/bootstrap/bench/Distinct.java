package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** UNIQUE_COUNT where every event of one subject has a value of its own. */
final class Distinct {
    private static final int FILLING = 4;
    private static final int DAYS = 30;

    private final Duration time;
    private final int events;

    Distinct(Duration time, int events) {
        this.time = time;
        this.events = events;
    }

    void run() throws IOException {
        Stores.inNewFolder(folder -> {
            try (ServerProcess server =
                    Stores.start(folder, Map.of("METERPORT_SERVER_LIMITS_KEPT_ANSWERS", "0"))) {
                define(server);
                Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
                Load.Result filled = fill(server, end);
                Rounds.number(
                        "ingest, %,d events with as many values, into %d days by hour"
                                .formatted(events, DAYS),
                        filled.perSecond() * Asked.BATCH);
                String month = "/api/v1/meters/requests/query?subject=" + Workload.subject(0)
                        + "&from=" + end.minus(Duration.ofDays(DAYS)) + "&to=" + end;
                ask(server, "30 days in one window", month);
                ask(server, "30 days by UTC day", month + "&windowSize=DAY");
                ask(
                        server,
                        "30 days by day in New York",
                        month + "&windowSize=DAY&windowTimeZone=America%2FNew_York");
                ask(server, "30 days by hour", month + "&windowSize=HOUR");
            }
        });
    }

    private static void define(ServerProcess server) throws IOException {
        byte[] meter = """
                {"slug":"requests","aggregation":"UNIQUE_COUNT","eventType":"prompt",\
                "valueProperty":"$.request"}""".getBytes(StandardCharsets.UTF_8);
        try (RawConnection connection = new RawConnection(server.port())) {
            int status = connection.exchange(
                    RawConnection.post("/api/v1/meters", server.key(), "application/json", meter));
            if (status >= 300) {
                throw new IllegalStateException(status + " " + connection.body());
            }
        }
    }

    /** One hour after the other, as events come in life. */
    private Load.Result fill(ServerProcess server, Instant end) {
        int batches = events / Asked.BATCH;
        AtomicInteger next = new AtomicInteger();
        return Load.run(server.port(), FILLING, Duration.ofHours(1), batches, 204, i -> () -> {
            int number = next.getAndIncrement();
            Duration ago =
                    Duration.ofDays(DAYS).multipliedBy(batches - 1 - number).dividedBy(batches);
            Workload work = new Workload(
                    number,
                    end.minus(ago).minusNanos(1_000),
                    Duration.ofDays(DAYS).dividedBy(batches));
            return Asked.batch(server.key(), work.batch(Asked.BATCH, Workload.subject(0)));
        });
    }

    private void ask(ServerProcess server, String what, String query) throws IOException {
        byte[][] request = {RawConnection.get(query, server.key())};
        try (RawConnection connection = new RawConnection(server.port())) {
            int status = connection.exchange(request[0]);
            if (status != 200) {
                System.out.printf(
                        "| UNIQUE_COUNT, %s: %s | | | | | | |%n",
                        what, connection.body().replace('|', '/'));
                return;
            }
        }
        var _ = Rounds.report(
                List.of(server.process()),
                "UNIQUE_COUNT over %,d values, one subject, %s".formatted(events, what),
                1,
                1,
                () -> Load.run(server.port(), 1, time, 200, i -> Asked.inTurn(request, i)));
    }
}
