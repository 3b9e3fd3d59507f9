package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Portal queries of other shapes than a month by day, each answer worked out. */
final class Shapes {
    private static final int CONNECTIONS = 32;

    private final Duration time;
    private final int events;

    Shapes(Duration time, int events) {
        this.time = time;
        this.events = events;
    }

    void run() throws IOException {
        Stores.inNewFolder(folder -> {
            String[] tokens;
            try (ServerProcess server = Stores.start(folder, Map.of())) {
                Stores.defineMeters(server);
                Stores.fillEachDay(server);
                Stores.fill(server, events - Stores.EVENTS_OF_EACH_DAY);
                tokens = Stores.tokens(server);
            }
            try (ServerProcess server =
                    Stores.start(folder, Map.of("METERPORT_SERVER_LIMITS_KEPT_ANSWERS", "0"))) {
                for (Map.Entry<String, String> shape : shapes().entrySet()) {
                    ask(server, shape.getKey(), requests(tokens, shape.getValue()));
                }
            }
        });
    }

    private void ask(ServerProcess server, String what, byte[][] requests) {
        var _ = Rounds.report(
                List.of(server.process()),
                "portal query, %s, %,d events, each worked out".formatted(what, events),
                CONNECTIONS,
                1,
                () -> Load.run(
                        server.port(), CONNECTIONS, time, 200, i -> Asked.inTurn(requests, i)));
    }

    private static Map<String, String> shapes() {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Map<String, String> shapes = new LinkedHashMap<>();
        shapes.put(
                "24 h by minute",
                "windowSize=MINUTE&from=" + minute.minus(Duration.ofHours(24)) + "&to=" + minute);
        shapes.put(
                "90 days by day, grouped by 10 values",
                "windowSize=DAY&groupBy=model" + days(90, ZoneOffset.UTC));
        shapes.put(
                "31 days by day in Kathmandu (+05:45)",
                "windowSize=DAY&windowTimeZone=Asia%2FKathmandu"
                        + days(Prepared.DAYS, ZoneId.of("Asia/Kathmandu")));
        return shapes;
    }

    private static String days(int days, ZoneId zone) {
        LocalDate today = LocalDate.now(zone);
        return "&from=" + today.minusDays(days - 1).atStartOfDay(zone).toInstant() + "&to="
                + today.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static byte[][] requests(String[] tokens, String query) {
        byte[][] requests = new byte[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            requests[i] =
                    RawConnection.get("/api/v1/portal/meters/tokens/query?" + query, tokens[i]);
        }
        return requests;
    }
}
