package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.EVENT;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.bench.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a sender's event to the next question's answer, through a crash if need be. */
class IngestJourneyTest {
    private static final String METER = """
            {"slug":"tokens","aggregation":"SUM","eventType":"prompt","valueProperty":"$.tokens"}""";
    private static final String COUNT =
            "{\"slug\":\"prompts\",\"aggregation\":\"COUNT\",\"eventType\":\"prompt\"}";

    @TempDir
    private Path data;

    @Test
    void theNextQueryCountsWhatWasAcknowledged() {
        try (TestApp app = TestApp.start(data)) {
            Api api = app.admin();
            api.post("/api/v1/meters", METER);

            for (int i = 1; i <= 50; i++) {
                Reply stored = api.ingest(EVENT, prompt("e" + i, "0.1"));
                Reply usage = api.get("/api/v1/meters/tokens/query");

                assertThat(stored.status()).isEqualTo(204);
                assertThat(stored.body()).isEmpty();
                assertThat(usage.values())
                        .containsExactly(i % 10 == 0 ? i / 10 + "" : i / 10 + "." + i % 10);
            }
        }
    }

    @Test
    void anEventCountsOnceHoweverOftenItIsSent() {
        try (TestApp app = TestApp.start(data)) {
            Api api = app.admin();
            api.post("/api/v1/meters", METER);
            String first = prompt("e1", "5");

            assertThat(api.ingest(EVENT, first).status()).isEqualTo(204);
            assertThat(api.ingest(EVENT, first).status()).isEqualTo(204);
            assertThat(api.ingest(EVENT, prompt("e1", "7")).status()).isEqualTo(204);
            assertThat(api.ingest(BATCH, "[" + first + "," + first + "]").status())
                    .isEqualTo(204);

            assertThat(api.get("/api/v1/meters/tokens/query").values()).containsExactly("5");
            assertThat(api.get("/api/v2/events").body()).containsOnlyOnce("\"id\":\"e1\"");
        }
    }

    @Test
    void aBatchWithOneBadEventChangesNothing() {
        try (TestApp app = TestApp.start(data)) {
            Api api = app.admin();
            api.post("/api/v1/meters", COUNT);
            String bad = prompt("e2", "1").replace("\"subject\":\"acme\",", "");

            Reply refused = api.ingest(BATCH, "[" + prompt("e1", "1") + "," + bad + "]");

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.text("code")).isEqualTo("invalid-event");
            assertThat(refused.body()).contains("\"field\":\"/1/subject\"");
            assertThat(api.get("/api/v1/meters/prompts/query").values()).containsExactly("0");
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() {
        try (TestApp app = TestApp.start(data)) {
            app.admin().post("/api/v1/meters", METER);
            app.admin().ingest(EVENT, prompt("e1", "9007199254740993.1"));
        }

        try (TestApp app = TestApp.start(data)) {
            Reply usage = app.admin().get("/api/v1/meters/tokens/query");

            assertThat(usage.values()).containsExactly("9007199254740993.1");
        }
    }

    @Threat("I15")
    @Test
    void whatWasAcknowledgedIsThereAfterAKillInTheMiddle() throws Exception {
        AtomicInteger acknowledged = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(30);
        Thread sender;
        try (ServerProcess server = ServerProcess.start(data)) {
            Api api = api(server);
            api.post("/api/v1/meters", COUNT);
            sender = Thread.ofVirtual().start(() -> sendUntilItFails(api, acknowledged, enough));
            enough.await(60, TimeUnit.SECONDS);
            server.kill();
        }
        sender.join();

        try (ServerProcess server = ServerProcess.start(data)) {
            Api api = api(server);
            int stored = Integer.parseInt(
                    api.get("/api/v1/meters/prompts/query").values().getFirst());
            int sent = acknowledged.get() + 1;

            assertThat(stored).isBetween(10 * acknowledged.get(), 10 * sent);
            for (int i = 0; i < sent; i++) {
                assertThat(api.ingest(BATCH, batch(i)).status()).isEqualTo(204);
            }
            assertThat(api.get("/api/v1/meters/prompts/query").values())
                    .containsExactly(String.valueOf(10 * sent));
        }
    }

    private static void sendUntilItFails(
            Api api, AtomicInteger acknowledged, CountDownLatch enough) {
        try {
            while (api.ingest(BATCH, batch(acknowledged.get())).status() == 204) {
                acknowledged.incrementAndGet();
                enough.countDown();
            }
        } catch (RuntimeException killed) {
            // The connection broke, so the last batch may or may not be there.
        }
    }

    private static Api api(ServerProcess server) {
        return new Api(URI.create("http://127.0.0.1:" + server.port()), Optional.of(server.key()));
    }

    /** Ten events of their own. */
    private static String batch(int number) {
        return IntStream.range(0, 10)
                .mapToObj(i -> prompt("e" + number + "-" + i, "1"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String prompt(String id, String tokens) {
        return event(id, "prompt", "acme", "2026-11-20T09:00:00Z", "{\"tokens\":" + tokens + "}");
    }
}
