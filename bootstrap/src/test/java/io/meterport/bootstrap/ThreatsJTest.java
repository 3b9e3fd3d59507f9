package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.application.spi.Together;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever defines meters tries to make the definition do more than to count. */
class ThreatsJTest {
    private static final String METERS = "/api/v1/meters";
    private static final String TIME = "2026-01-01T10:30:00Z";

    @TempDir
    private static Path data;

    private static TestApp app;
    private static Api admin;

    @BeforeAll
    static void start() {
        app = TestApp.start(data);
        admin = app.admin();
        assertThat(define("control", "$.n", "model").status()).isEqualTo(200);
        String events = IntStream.range(0, 10)
                .mapToObj(i -> event("e" + i, "prompt", "acme", TIME, "{\"n\":1,\"model\":\"a\"}"))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(admin.ingest(BATCH, events).status()).isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Threat({"J1", "J2"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.a')) UNION SELECT name FROM api_key --",
                "$.n'); drop table event; --",
                "$.n\\\"; select 1",
                "$.n/**/",
                "$.n\\u0000",
                "n",
                "$",
                "$.",
                "$..n",
                "$.*",
                "$[*]",
                "$[?(@.n>0)]",
                "$[?@.n]",
                "$[(@.length-1)]",
                "$.n.length()",
                "$[0,1]",
                "$[0:2]",
                "$[-1]",
                "$['a','b']",
                "$[99999999999999999999]",
                "$['a",
                "$.a b"
            })
    void aPathThatIsMoreThanNamesAndPlacesIsRefused(String path) {
        Reply value = define("injected", path, "model");
        Reply dimension = admin.post(METERS, """
                {"slug":"injected","aggregation":"COUNT","eventType":"prompt",\
                "groupBy":{"model":"%s"}}""".formatted(path));

        assertThat(List.of(value, dimension)).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.text("code")).isEqualTo("invalid-path");
            assertThat(reply.body()).doesNotContain("UNION", "drop table");
        });
        assertThat(admin.get(METERS + "/control/query").values()).containsExactly("10");
    }

    @Threat("J2")
    @ParameterizedTest
    @CsvSource({"32, 200", "33, 400", "10000, 400"})
    void aPathHasAtMost32Steps(int steps, int status) {
        Reply reply = define("deep", "$" + ".a".repeat(steps), "model");
        admin.delete(METERS + "/deep");

        assertThat(reply.status()).isEqualTo(status);
    }

    /** What is a name to a path is only a name: it is looked up, and never run. */
    @Threat("J1")
    @Test
    void aNameInQuotesMayBeAnythingAndMeansNothing() {
        Reply reply = define("quoted", "$['; drop table event; --']", "model");
        admin.ingest(
                BATCH,
                "[" + event("q", "prompt", "q", TIME, "{\"; drop table event; --\":7}") + "]");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(admin.get(METERS + "/quoted/query?subject=q").values()).containsExactly("7");
        assertThat(admin.get(METERS + "/control/query?subject=acme").values())
                .containsExactly("10");
        admin.delete(METERS + "/quoted");
    }

    @Threat("J3")
    @ParameterizedTest
    @CsvSource({
        "subject, 400",
        "customer_id, 400",
        "value, 400",
        "window_start, 400",
        "window_end, 400",
        "windowstart, 400",
        "windowend, 400",
        "a-b, 400",
        "a b, 400",
        "1a, 400",
        "a', 400",
        "ä, 400",
        "a\\u0000, 400",
        "'', 400",
        "select, 200",
        "from, 200",
        "group, 200"
    })
    void aDimensionIsAnIdentifierAndNoColumnOfOurs(String key, int status) {
        Reply reply = admin.post(METERS, """
                {"slug":"keyed","aggregation":"COUNT","eventType":"prompt",\
                "groupBy":{"%s":"$.model"}}""".formatted(key));
        if (status == 200) {
            assertThat(admin.get(METERS + "/keyed/query?subject=acme&groupBy=" + key)
                            .values())
                    .containsExactly("10");
        }
        admin.delete(METERS + "/keyed");

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    }

    @Threat("J4")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Control", "CONTROL", "contr\u00f6l", "\uff43ontrol", "control\u200b", "control ",
                "con--trol", "_control", "control_", "", "../control", "control%00"
            })
    void aSlugCannotLookLikeAnother(String slug) {
        assertThat(define(slug, "$.n", "model").status()).isEqualTo(400);
    }

    @Threat("J5")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "=1+1",
                "${jndi:ldap://127.0.0.1/x}",
                "'; drop table meter; --"
            })
    void aNameIsTextWhereverItComesOut(String name) {
        Reply made = admin.post(METERS, """
                {"slug":"named","name":"%s","aggregation":"COUNT","eventType":"prompt"}""".formatted(name));
        Reply listed = admin.get(METERS + "/named");
        admin.delete(METERS + "/named");

        assertThat(made.status()).isEqualTo(200);
        assertThat(listed.text("name")).isEqualTo(name);
        assertThat(listed.body()).doesNotContain("<script>");
        assertThat(listed.header("Content-Type")).startsWith("application/json");
        assertThat(listed.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Threat("J5")
    @Test
    void aNameWithControlCharactersIsRefused() {
        assertThat(admin.post(METERS, """
                {"slug":"named","name":"a\\u001b[31m","aggregation":"COUNT","eventType":"t"}""").status()).isEqualTo(400);
    }

    @Threat("J6")
    @Test
    void aNamespaceHasAtMostAThousandMeters(@TempDir Path folder) {
        try (TestApp full = TestApp.start(folder)) {
            for (int i = 0; i < 1_000; i++) {
                Reply made = full.admin().post(METERS, """
                        {"slug":"m%d","aggregation":"COUNT","eventType":"none%d"}""".formatted(i, i));
                assertThat(made.status()).isEqualTo(200);
            }

            Reply one = full.admin()
                    .post(
                            METERS,
                            "{\"slug\":\"more\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");
            String events = "[" + event("e", "none7", "acme", TIME, "{}") + "]";

            assertThat(one.status()).isIn(400, 409);
            assertThat(one.text("code")).isEqualTo("too-many-meters");
            assertThat(full.admin().ingest(BATCH, events).status()).isEqualTo(204);
            assertThat(full.admin().get(METERS + "/m7/query").values()).containsExactly("1");
        }
    }

    @Threat("J7")
    @Test
    void whatAMeterCountsNeverChanges() {
        define("fixed", "$.n", "model");
        admin.put(METERS + "/fixed", """
                {"name":"other","aggregation":"COUNT","eventType":"other","valueProperty":"$.m",\
                "slug":"other","eventFrom":"2030-01-01T00:00:00Z","groupBy":{"model":"$.model"}}""");

        Reply after = admin.get(METERS + "/fixed");
        List<String> values = admin.get(METERS + "/fixed/query?subject=acme").values();
        admin.delete(METERS + "/fixed");

        assertThat(after.text("aggregation")).isEqualTo("SUM");
        assertThat(after.text("eventType")).isEqualTo("prompt");
        assertThat(after.text("valueProperty")).isEqualTo("$.n");
        assertThat(values).containsExactly("10");
    }

    @Threat("J8")
    @Test
    void aMeterThatGoesWhileItIsAskedForIsThereOrNot() {
        List<Set<Integer>> seen = Together.run(
                6,
                thread -> IntStream.range(0, 30)
                        .mapToObj(i -> switch (thread) {
                            case 0 -> define("passing", "$.n", "model");
                            case 1 -> admin.delete(METERS + "/passing");
                            case 2 ->
                                admin.ingest(
                                        BATCH,
                                        "[" + event("r" + i, "prompt", "racer", TIME, "{\"n\":1}")
                                                + "]");
                            default -> admin.get(METERS + "/passing/query?groupBy=model");
                        })
                        .map(Reply::status)
                        .collect(Collectors.toSet()));
        admin.delete(METERS + "/passing");

        assertThat(seen)
                .allSatisfy(
                        statuses -> assertThat(Set.of(200, 204, 404, 409)).containsAll(statuses));
        assertThat(admin.get(METERS + "/control/query?subject=racer").values())
                .containsExactly("30");
    }

    private static Reply define(String slug, String path, String dimension) {
        return admin.post(METERS, """
                {"slug":"%s","aggregation":"SUM","eventType":"prompt","valueProperty":"%s",\
                "groupBy":{"%s":"$.model"}}""".formatted(slug, path, dimension));
    }
}
