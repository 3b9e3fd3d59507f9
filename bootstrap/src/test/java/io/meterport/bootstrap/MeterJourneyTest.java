package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.bootstrap.settings.SettingsProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meters come, change and go while the events stay. */
class MeterJourneyTest {
    @TempDir
    private Path data;

    @Test
    void aMeterCountsTheEventsThatCameBeforeItFromItsFirstAnswerOn() {
        try (TestApp app = TestApp.start(data)) {
            Api api = app.admin();
            ingest(api, 0, 3_000);

            Reply created = api.post("/api/v1/meters", meter("tokens", "model"));
            Reply total = api.get("/api/v1/meters/tokens/query");
            Reply byModel = api.get("/api/v1/meters/tokens/query?groupBy=model");

            assertThat(created.status()).isEqualTo(200);
            assertThat(total.values()).containsExactly("3000");
            assertThat(byModel.values()).containsExactly("1000", "1000", "1000");
        }
    }

    @Test
    void finishesCountingAndThenShowsNoProgress() {
        try (TestApp app = TestApp.start(data)) {
            Api api = app.admin();
            ingest(api, 0, 3_000);
            api.post("/api/v1/meters", meter("tokens", "model"));

            Await.until(() -> !api.get("/api/v1/meters/tokens").body().contains("building"));

            assertThat(api.get("/api/v1/meters/tokens/query").values()).containsExactly("3000");
        }
    }

    @Test
    void changedDimensionsTellHistoryAnew() {
        try (TestApp app = TestApp.start(data)) {
            Api api = app.admin();
            api.post("/api/v1/meters", meter("tokens", "model"));
            ingest(api, 0, 300);

            Reply changed = api.put(
                    "/api/v1/meters/tokens",
                    "{\"name\":\"Tokens\",\"groupBy\":{\"kind\":\"$.kind\"}}");
            ingest(api, 300, 400);

            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.text("name")).isEqualTo("Tokens");
            assertThat(api.get("/api/v1/meters/tokens/query?groupBy=kind").values())
                    .containsExactly("200", "200");
            assertThat(api.get("/api/v1/meters/tokens/query?groupBy=model").text("code"))
                    .isEqualTo("unknown-dimension");
            Await.until(() -> !api.get("/api/v1/meters/tokens").body().contains("building"));
            assertThat(api.get("/api/v1/meters/tokens/query?groupBy=kind").values())
                    .containsExactly("200", "200");
        }
    }

    @Test
    void aDeletedMetersSlugIsFreeAndItsEventsStay() {
        try (TestApp app = TestApp.start(data)) {
            Api api = app.admin();
            String id = api.post("/api/v1/meters", meter("tokens", "model")).text("id");
            ingest(api, 0, 10);

            assertThat(api.delete("/api/v1/meters/tokens").status()).isEqualTo(204);
            assertThat(api.delete("/api/v1/meters/tokens").status()).isEqualTo(404);
            assertThat(api.delete("/api/v1/meters/" + id).status()).isEqualTo(204);
            assertThat(api.get("/api/v1/meters/tokens").status()).isEqualTo(404);
            assertThat(api.get("/api/v1/meters/" + id).body()).contains("\"deletedAt\"");
            api.post("/api/v1/meters", meter("tokens", "kind"));

            assertThat(api.get("/api/v1/meters/tokens/query").values()).containsExactly("10");
        }
    }

    @Test
    void theConfigurationDeclaresMetersAndKeepsThem() throws IOException {
        Path file = Files.writeString(data.resolve("meterport.yaml"), """
                meters:
                  - slug: tokens
                    aggregation: SUM
                    event-type: prompt
                    value-property: $.tokens
                    group-by: { model: $.model }
                """);
        try (TestApp app = start(file)) {
            Api api = app.admin();
            ingest(api, 0, 30);

            Reply deleted = api.delete("/api/v1/meters/tokens");

            assertThat(api.get("/api/v1/meters/tokens/query").values()).containsExactly("30");
            assertThat(deleted.status()).isEqualTo(409);
            assertThat(deleted.text("code")).isEqualTo("declared-meter");
        }

        Files.writeString(file, Files.readString(file).replace("model: $.model", "kind: $.kind"));
        try (TestApp app = start(file)) {
            assertThat(app.admin()
                            .get("/api/v1/meters/tokens/query?groupBy=kind")
                            .values())
                    .containsExactly("15", "15");
        }
    }

    @Test
    void aDeclarationThatCannotBeFollowedStopsTheStart() throws IOException {
        String yaml = "meters: [{ slug: tokens, aggregation: COUNT, event-type: prompt }]";
        Path file = Files.writeString(data.resolve("meterport.yaml"), yaml);
        start(file).close();
        Files.writeString(file, yaml.replace("prompt", "other"));

        assertThatThrownBy(() -> start(file))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("the meter tokens exists with another event type");

        Files.writeString(file, yaml);
        start(file).close();
    }

    private TestApp start(Path file) {
        return TestApp.start(
                data.resolve("data"), InstantSource.system(), Map.of(), Optional.of(file));
    }

    private static void ingest(Api api, int from, int to) {
        for (int i = from; i < to; i += 1_000) {
            String batch = IntStream.range(i, Math.min(to, i + 1_000))
                    .mapToObj(MeterJourneyTest::prompt)
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(api.ingest(BATCH, batch).status()).isEqualTo(204);
        }
    }

    private static String prompt(int number) {
        String data = "{\"tokens\":1,\"model\":\"m%d\",\"kind\":\"k%d\"}"
                .formatted(number % 3, number % 2);
        return event("e" + number, "prompt", "acme", "2026-11-20T09:00:00Z", data);
    }

    private static String meter(String slug, String dimension) {
        return """
                {"slug":"%s","aggregation":"SUM","eventType":"prompt","valueProperty":"$.tokens",\
                "groupBy":{"%s":"$.%s"}}""".formatted(slug, dimension, dimension);
    }
}
