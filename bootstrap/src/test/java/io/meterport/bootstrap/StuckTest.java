package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.bench.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose writer hangs for ever ends, says why, and has everything when it is started again;
 * one that was only stopped for a while, or whose disk was slow, goes on.
 */
class StuckTest {
    private static final Path SOURCE = Path.of("src", "test", "native", "stall.c");
    private static final long BOUND_SECONDS = 120;
    private static final int STUCK = 70;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    @TempDir
    private Path place;

    @Threat("I24")
    @Test
    void endsWhenItsWriterHangsAndHasEverythingAfterwards() throws Exception {
        Path stalled = place.resolve("stalled");
        try (ServerProcess server = start(stalled, "1s")) {
            define(server);
            assertThat(send(server, "one").join().statusCode()).isEqualTo(204);
            assertThat(ready(server)).isEqualTo(200);

            Files.createFile(stalled);
            CompletableFuture<HttpResponse<String>> unanswered = send(server, "two");

            assertThat(server.process().waitFor(BOUND_SECONDS, TimeUnit.SECONDS))
                    .as("it ended")
                    .isTrue();
            assertThat(server.process().exitValue()).isEqualTo(STUCK);
            assertThat(unanswered.handle((answer, failure) -> failure).join())
                    .as("nothing was acknowledged")
                    .isNotNull();
        }
        assertThat(Files.readString(data.resolve("server.log")))
                .contains(
                        "What stores events has not got on", "\"sqlite-writer\"", "Session.commit");
        Files.delete(stalled);

        try (ServerProcess again = start(stalled, "1s")) {
            assertThat(send(again, "two").join().statusCode()).isEqualTo(204);
            assertThat(count(again)).isEqualTo("2");
        }
    }

    /**
     * Its own time stands still while it is stopped, however long that is. Not ready while it is in
     * doubt; and what the disk was slow with is acknowledged in the end.
     */
    @Threat("I24")
    @Test
    void goesOnAfterItWasStoppedAndWhenTheDiskWasSlow() throws Exception {
        Path stalled = place.resolve("stalled");
        try (ServerProcess server = start(stalled, "2s")) {
            define(server);
            signal(server, "STOP");
            CompletableFuture<HttpResponse<String>> early = send(server, "one");
            // Longer than it may be stuck for; nothing is judged by how long this takes.
            new ProcessBuilder("sleep", "4").start().waitFor();
            signal(server, "CONT");
            assertThat(early.join().statusCode()).isEqualTo(204);

            Files.createFile(stalled);
            CompletableFuture<HttpResponse<String>> slow = send(server, "two");
            Await.until(() -> ready(server) == 503);
            Files.delete(stalled);

            assertThat(slow.join().statusCode()).isEqualTo(204);
            Await.until(() -> ready(server) == 200);
            assertThat(count(server)).isEqualTo("2");
        }
        assertThat(Files.readString(data.resolve("server.log"))).doesNotContain("has not got on");
    }

    private ServerProcess start(Path stalled, String stuck)
            throws IOException, InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LD_PRELOAD", library().toString());
        environment.put("STALL_WHILE", stalled.toString());
        environment.put("METERPORT_SERVER_DEADLINES_STUCK", stuck);
        environment.put("METERPORT_STORAGE_SQLITE_BUSY_TIMEOUT", "1s");
        return ServerProcess.start(data, environment, Optional.empty());
    }

    private Path library() throws IOException, InterruptedException {
        Path library = place.resolve("stall.so").toAbsolutePath();
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-O2",
                        "-o",
                        library.toString(),
                        SOURCE.toString(),
                        "-ldl")
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).as("the C compiler").isZero();
        return library;
    }

    private void define(ServerProcess server) throws IOException, InterruptedException {
        HttpRequest request = to(server, "/api/v1/meters")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"slug":"n","aggregation":"COUNT","eventType":"n"}"""))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isBetween(200, 201);
    }

    private CompletableFuture<HttpResponse<String>> send(ServerProcess server, String id) {
        HttpRequest request = to(server, "/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"specversion":"1.0","id":"%s","source":"s","type":"n","subject":"acme",\
                        "time":"2026-01-01T00:00:00Z"}""".formatted(id)))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private String count(ServerProcess server) throws IOException, InterruptedException {
        HttpRequest request = to(server, "/api/v1/meters/n/query").build();
        String body = client.send(request, BodyHandlers.ofString()).body();
        return body.replaceAll("(?s).*\"value\":(\\d+).*", "$1");
    }

    private int ready(ServerProcess server) {
        return client.sendAsync(to(server, "/health/ready").build(), BodyHandlers.ofString())
                .join()
                .statusCode();
    }

    private static HttpRequest.Builder to(ServerProcess server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + server.key());
    }

    private static void signal(ServerProcess server, String name) throws Exception {
        String pid = String.valueOf(server.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }
}
