package io.meterport.bootstrap.bench;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The limit of queries: a server of the same kind, in a process of its own, that answers every GET
 * with the same bytes and does nothing else.
 */
final class BareRoute implements AutoCloseable {
    private final OwnProcess own;

    private BareRoute(OwnProcess own) {
        this.own = own;
    }

    /** Starts one whose answers have that many bytes. */
    static BareRoute start(int bytes) throws IOException {
        return new BareRoute(OwnProcess.start(BareRoute.class, String.valueOf(bytes)));
    }

    /** The process: says its port, and serves until the one that began it ends it or is gone. */
    public static void main(String[] args) throws IOException {
        byte[] body = " ".repeat(Integer.parseInt(args[0])).getBytes(StandardCharsets.US_ASCII);
        var json = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.get("/*", (request, response) -> {
                    response.header(json);
                    response.send(body);
                }))
                .build()
                .start();
        System.out.println(server.port());
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        server.stop();
    }

    Process process() {
        return own.process();
    }

    int port() {
        return own.port();
    }

    @Override
    public void close() {
        own.close();
    }
}
