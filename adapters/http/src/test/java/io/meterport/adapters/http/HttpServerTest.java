package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.http.wire.Gate;
import io.meterport.adapters.http.wire.RawClient;
import io.meterport.application.Threat;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server as a whole: listeners, health, load, and its end. */
final class HttpServerTest {
    @Test
    void saysWhetherItIsWell() {
        try (Api api = new Api()) {
            assertThat(api.get("/health/live", "").body()).isEqualTo("{\"status\":\"UP\"}\n");
            assertThat(api.get("/health/ready", "").status()).isEqualTo(200);

            api.ready.set(false);
            Reply down = api.get("/health/ready", "");

            assertThat(down.status()).isEqualTo(503);
            assertThat(down.header("Content-Type")).contains("application/json");
            assertThat(down.body()).isEqualTo("{\"status\":\"DOWN\"}\n");
            assertThat(api.get("/health/live", "").status()).isEqualTo(200);
        }
    }

    @Test
    void servesTheDescriptionOfItself() {
        try (Api api = new Api()) {
            Reply reply = api.get("/api/openapi.yaml", "");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).contains("application/yaml");
            assertThat(reply.body()).startsWith("openapi: 3.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/meters",
        "GET, /api/v1/none",
        "GET, /",
        "DELETE, /api/v1/meters",
        "GET, /api/v1/portal/meters/x/query",
        "POST, /api/v1/events"
    })
    void answersEveryRefusalWithAProblemOfExactlyThatType(String method, String path) {
        try (Api api = new Api()) {
            Reply reply = api.call(method, path, "", "");

            assertThat(reply.header("Content-Type")).contains("application/problem+json");
            assertThat(reply.text("type")).isEqualTo("about:blank");
            assertThat(reply.text("instance")).isEqualTo("urn:request:own-id");
            assertThat(reply.body())
                    .contains("\"status\":" + reply.status() + ",")
                    .endsWith("}\n");
        }
    }

    @Test
    @Threat("H10")
    void keepsOperatorsAwayFromThePublicListener() {
        try (Api api = new Api(HttpServerTest::apart)) {
            int operators = api.server.operatorsPort();

            assertThat(operators).isNotEqualTo(api.server.port());
            assertThat(api.get("/api/v1/meters").code()).isEqualTo("unknown-route");
            assertThat(api.get("/api/v1/portal/tokens").code()).isEqualTo("unknown-route");
            assertThat(api.get("/metrics").code()).isEqualTo("unknown-route");
            assertThat(api.get("/api/v1/portal/meters/x/query", "").status()).isEqualTo(401);
            assertThat(api.get("/health/live", "").status()).isEqualTo(200);
            assertThat(at(operators, "/api/v1/meters", api.admin).status()).isEqualTo(200);
            assertThat(at(operators, "/api/v1/portal/meters/x/query", api.admin).code())
                    .isEqualTo("unknown-route");
            assertThat(at(operators, "/health/ready", "").status()).isEqualTo(200);
            assertThat(at(operators, "/metrics", "").body()).isEqualTo("metrics 1\n");
        }
    }

    @Test
    void wantsAKeyForOperatorsPagesOnASharedListener() {
        try (Api api = new Api()) {
            assertThat(api.get("/metrics", "").status()).isEqualTo(401);
            assertThat(api.get("/metrics").body()).isEqualTo("metrics 1\n");
        }
    }

    @Test
    @Threat("F7")
    void turnsACrowdAway() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Api api = new Api(HttpServerTest::narrow, reader -> query -> {
            inside.countDown();
            await(release);
            return reader.apply(query);
        })) {
            api.post(
                    "/api/v1/meters",
                    "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");
            CompletableFuture<Reply> first =
                    CompletableFuture.supplyAsync(() -> api.get("/api/v1/meters/calls/query"));
            await(inside);

            Reply second = api.get("/api/v1/meters/calls/query");
            Reply other = api.get("/api/v1/meters/calls");
            release.countDown();

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.code()).isEqualTo("overloaded");
            assertThat(second.header("Retry-After")).contains("1");
            assertThat(other.status()).isEqualTo(200);
            assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(api.get("/api/v1/meters/calls/query").status()).isEqualTo(200);
        }
    }

    @Test
    void passesOnThatAStoreIsAwayAndHidesABug() {
        try (Api away = new Api(settings -> settings, reader -> HttpServerTest::away);
                Api broken = new Api(settings -> settings, reader -> query -> {
                    throw new IllegalStateException("secret");
                })) {
            away.post(
                    "/api/v1/meters",
                    "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");
            broken.post(
                    "/api/v1/meters",
                    "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");

            Reply unavailable = away.get("/api/v1/meters/calls/query");
            Reply bug = broken.get("/api/v1/meters/calls/query");

            assertThat(unavailable.status()).isEqualTo(503);
            assertThat(unavailable.code()).isEqualTo("storage-unavailable");
            assertThat(unavailable.header("Retry-After")).contains("3");
            assertThat(bug.status()).isEqualTo(500);
            assertThat(bug.body()).doesNotContain("secret", "detail", "IllegalState");
        }
    }

    @Test
    @Threat("B16")
    void mixesNoAnswersUpOnManyConnections() throws Exception {
        try (Api api = new Api(
                settings -> queries(settings, new Gate.Limits(4, 1_000, Duration.ofSeconds(20))))) {
            api.post(
                    "/api/v1/meters",
                    "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");
            List<String> tokens = IntStream.range(0, 8)
                    .mapToObj(i -> api.token("subject-" + i))
                    .toList();
            for (int i = 0; i < tokens.size(); i++) {
                api.ingest(
                        "application/json",
                        "{\"specversion\":\"1.0\",\"id\":\"" + i
                                + "\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"subject-" + i
                                + "\"}");
            }
            HttpClient client = HttpClient.newHttpClient();
            URI uri = URI.create(
                    "http://127.0.0.1:" + api.server.port() + "/api/v1/portal/meters/calls/query");
            List<CompletableFuture<String>> answers = IntStream.range(0, 400)
                    .mapToObj(i -> client.sendAsync(
                                    HttpRequest.newBuilder(uri)
                                            .header("Authorization", "Bearer " + tokens.get(i % 8))
                                            .build(),
                                    BodyHandlers.ofString())
                            .thenApply(answer -> answer.body()))
                    .toList();

            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get(20, TimeUnit.SECONDS))
                        .contains("\"subject\":\"subject-" + i % 8 + "\"");
            }
        }
    }

    @Test
    void letsARequestFinishBeforeItStops() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Api api = new Api(settings -> settings, reader -> query -> {
            inside.countDown();
            await(release);
            return reader.apply(query);
        });
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");
        CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> keptAlive(api));
        await(inside);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(api::close);
        release.countDown();

        assertThat(running.get(20, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200 ");
        stopping.get(20, TimeUnit.SECONDS);
    }

    @Test
    void stopsTwiceAndLeavesThePortFree() {
        Api api = new Api();
        int port = api.server.port();
        api.close();
        api.close();

        try (Api next = new Api(settings -> new HttpSettings(
                new HttpSettings.Address("127.0.0.1", port),
                Optional.empty(),
                settings.authentication(),
                settings.corsOrigins(),
                settings.corsHeaders(),
                settings.listener(),
                settings.ingests(),
                settings.queries()))) {
            assertThat(next.get("/health/live", "").status()).isEqualTo(200);
        }
    }

    private static String keptAlive(Api api) {
        try (RawClient client = new RawClient(api.server.port())) {
            return client.send(
                            "GET /api/v1/meters/calls/query HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                    + api.admin + "\r\n\r\n")
                    .everything();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Reading> away(UsageQuery query) {
        throw new ProblemException(new Problem.Unavailable(
                "storage-unavailable",
                "The storage is unavailable; try again.",
                Duration.ofMillis(2_100)));
    }

    private static HttpSettings apart(HttpSettings settings) {
        return new HttpSettings(
                settings.at(),
                Optional.of(settings.at()),
                settings.authentication(),
                settings.corsOrigins(),
                settings.corsHeaders(),
                settings.listener(),
                settings.ingests(),
                settings.queries());
    }

    private static HttpSettings narrow(HttpSettings settings) {
        return queries(settings, new Gate.Limits(1, 0, Duration.ofSeconds(1)));
    }

    private static HttpSettings queries(HttpSettings settings, Gate.Limits queries) {
        return new HttpSettings(
                settings.at(),
                settings.operators(),
                settings.authentication(),
                settings.corsOrigins(),
                settings.corsHeaders(),
                settings.listener(),
                settings.ingests(),
                queries);
    }

    private static Reply at(int port, String path, String key) {
        String authorization = key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n";
        return Api.raw(
                port,
                "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + authorization
                        + "\r\n");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
