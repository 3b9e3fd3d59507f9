package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Portal queries of 31 daily windows: with answers that are kept, with answers that the asker has
 * already, and with every answer worked out; beside them what a server could do at most.
 */
final class Queries {
    private static final int CONNECTIONS = 32;

    private final Duration time;
    private final int events;

    Queries(Duration time, int events) {
        this.time = time;
        this.events = events;
    }

    void run() throws IOException {
        Stores.inNewServer(server -> {
            Stores.fillEachDay(server);
            Stores.fill(server, events - Stores.EVENTS_OF_EACH_DAY);
            byte[][] requests = Asked.months(Stores.tokens(server));
            Load.Result kept = ask(server, "answers kept", 200, requests);
            Load.Result known =
                    ask(server, "304 by its tag", 304, Asked.tagged(server.port(), requests));
            int bytes = answerBytes(server, requests[0]);
            server.close();
            Load.Result made = workedOut(server, requests);
            Load.Result bare = bare(bytes, requests);
            System.out.printf(
                    "| of the bare route: kept %.2f, 304 %.2f, worked out %.2f | | | | | | |%n",
                    kept.perSecond() / bare.perSecond(),
                    known.perSecond() / bare.perSecond(),
                    made.perSecond() / bare.perSecond());
        });
    }

    /** By another server on the store of the first, which has stopped. */
    private Load.Result workedOut(ServerProcess first, byte[][] requests) throws IOException {
        try (ServerProcess server =
                Stores.start(first.data(), Map.of("METERPORT_SERVER_LIMITS_KEPT_ANSWERS", "0"))) {
            return ask(server, "each worked out", 200, requests);
        }
    }

    private Load.Result ask(ServerProcess server, String how, int status, byte[][] requests) {
        return report(
                server.process(),
                server.port(),
                "portal query, 31 days, UTC and New York, %,d events, %s".formatted(events, how),
                status,
                requests);
    }

    private Load.Result bare(int bytes, byte[][] requests) throws IOException {
        try (BareRoute bare = BareRoute.start(bytes)) {
            return report(
                    bare.process(),
                    bare.port(),
                    "limit: a bare route with answers of %,d bytes".formatted(bytes),
                    200,
                    requests);
        }
    }

    private Load.Result report(
            Process server, int port, String what, int status, byte[][] requests) {
        return Rounds.report(
                List.of(server),
                what,
                CONNECTIONS,
                1,
                () -> Load.run(port, CONNECTIONS, time, status, i -> Asked.inTurn(requests, i)));
    }

    private static int answerBytes(ServerProcess server, byte[] request) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.exchange(request);
            return connection.body().getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
