package io.meterport.bootstrap.bench;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The limit of queries: a server of the same kind, in a process of its own, that answers every GET
 * with the same bytes and does nothing else.
 */
final class BareRoute implements AutoCloseable {
    private final Process process;
    private final int port;

    private BareRoute(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one whose answers have that many bytes. */
    static BareRoute start(int bytes) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareRoute.class.getName(),
                        String.valueOf(bytes)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        return new BareRoute(process, Integer.parseInt(out.readLine()));
    }

    /** The process: says its port, and serves until it is ended. */
    public static void main(String[] args) {
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
    }

    Process process() {
        return process;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
