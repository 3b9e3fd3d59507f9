package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.application.spi.Together;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A question is made to cost too much, or to mean something to what lies behind the server. */
class ThreatsFTest {
    private static final String METER = "/api/v1/portal/meters/tokens/query";
    private static final int EVENTS = 400;

    @TempDir
    private static Path data;

    private static TestApp app;
    private static Api acme;

    /** Years of events, one now and then, and of two customers. */
    @BeforeAll
    static void fill() {
        app = TestApp.start(data);
        app.admin().post("/api/v1/meters", """
                {"slug":"tokens","aggregation":"SUM","eventType":"prompt","valueProperty":"$.n",\
                "groupBy":{"model":"$.model"}}""");
        String batch = IntStream.range(0, EVENTS)
                .mapToObj(i -> event(
                        "e" + i,
                        "prompt",
                        i % 2 == 0 ? "acme" : "globex",
                        "20%02d-0%d-11T10:%02d:00Z".formatted(15 + i % 10, 1 + i % 9, i % 60),
                        "{\"n\":1,\"model\":\"m" + i % 3 + "\"}"))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(app.admin().ingest(BATCH, batch).status()).isEqualTo(204);
        acme = app.portal("acme");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Threat("F1")
    @Test
    void tenYearsOfMinutesAreRefusedAndTheNextSizeThatFitsIsNamed() {
        Reply minutes = acme.get(METER + "?windowSize=MINUTE");
        Reply hours = acme.get(METER + "?windowSize=HOUR&from=2015-01-01T00:00:00Z");
        Reply days = acme.get(METER + "?windowSize=DAY");

        assertThat(List.of(minutes, hours)).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text("code")).isEqualTo("too-many-windows");
            assertThat(reply.text("detail")).contains("DAY");
        });
        assertThat(days.status()).isEqualTo(200);
    }

    @Threat({"F2", "F3", "F4"})
    @ParameterizedTest
    @CsvSource({
        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
        "from=2026-02-30T00:00:00Z",
        "from=2026-01-01",
        "from=2026-01-01T00:00Z",
        "from=now",
        "from=-1",
        "from=",
        "to=99999999999999999999",
        "from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z",
        "windowSize=",
        "windowSize=SECOND",
        "windowSize=day",
        "windowTimeZone=../../etc/passwd",
        "windowTimeZone=/etc/localtime",
        "windowTimeZone=GMT%2B99",
        "windowTimeZone=Mars/Olympus",
        "windowTimeZone=europe/berlin%00",
        "windowTimeZone=",
        "groupBy=nope",
        "groupBy=model&groupBy=nope",
        "groupBy=model%27--"
    })
    void whatIsNoQuestionIsRefused(String query) {
        Reply reply = acme.get(METER + "?" + query);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Threat({"F3", "F4", "F6"})
    @Test
    void moreThanAnybodyNeedsIsRefused() {
        String names = IntStream.range(0, 101)
                .mapToObj(i -> "groupBy=k" + i)
                .collect(Collectors.joining("&"));
        String values = IntStream.range(0, 101)
                .mapToObj(i -> "\"v" + i + "\"")
                .collect(Collectors.joining(","));
        String zone = "windowTimeZone=" + "A".repeat(4_000);

        assertThat(acme.get(METER + "?" + names).text("code")).isEqualTo("invalid-parameter");
        assertThat(acme.get(METER + "?" + zone).status()).isEqualTo(400);
        assertThat(acme.get(METER + "?groupBy=model" + "&groupBy=model".repeat(50))
                        .status())
                .as("names that are repeated count once")
                .isEqualTo(200);
        assertThat(app.admin()
                        .post(
                                "/api/v1/meters/tokens/query",
                                "{\"filterGroupBy\":{\"model\":[" + values + "]}}")
                        .status())
                .isEqualTo(400);
        assertThat(acme.get(METER + "?advancedMeterGroupByFilters="
                                + url("{\"model\":{\"$in\":[" + values + "]}}"))
                        .status())
                .isEqualTo(400);
    }

    static List<String> injections() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/threats/sql.txt")).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** Nothing of it means anything to SQLite: what it says is stored, compared, or refused. */
    @Threat("F5")
    @ParameterizedTest
    @MethodSource("injections")
    void sqlIsTextLikeAnyOther(String text) {
        String total = acme.get(METER).body();
        String encoded = url(text);
        for (String path : List.of(
                METER + "?from=" + encoded,
                METER + "?windowSize=" + encoded,
                METER + "?windowTimeZone=" + encoded,
                METER + "?groupBy=" + encoded,
                METER + "?filterGroupBy%5Bmodel%5D=" + encoded,
                METER + "?filterGroupBy%5B" + encoded + "%5D=m1",
                METER + "?advancedMeterGroupByFilters=" + encoded,
                METER + "?advancedMeterGroupByFilters="
                        + url("{\"model\":{\"$like\":\"" + json(text) + "\"}}"),
                "/api/v1/portal/meters/" + encoded.replace("+", "%20") + "/query",
                "/api/v1/portal/query?q=" + encoded,
                "/api/v1/portal/events?meter=tokens&cursor=" + encoded)) {
            Reply reply = acme.get(path);

            assertThat(reply.status()).as(path).isIn(200, 400, 403, 404);
            if (reply.status() == 200) {
                assertThat(reply.rows()).as(path).isEmpty();
            }
        }
        for (String path : List.of(
                "/api/v1/meters/tokens/query?subject=" + encoded,
                "/api/v1/events?subject=" + encoded,
                "/api/v1/events?id=" + encoded,
                "/api/v2/events?filter=" + encoded,
                "/api/v1/meters?orderBy=" + encoded,
                "/api/v1/meters/tokens/group-by/" + encoded.replace("+", "%20") + "/values",
                "/api/v1/subjects/" + encoded.replace("+", "%20"),
                "/api/v1/portal/tokens?subject=" + encoded,
                "/api/v1/audit?cursor=" + encoded)) {
            assertThat(app.admin().get(path).status()).as(path).isIn(200, 400, 404);
        }
        app.admin()
                .post(
                        "/api/v1/meters",
                        "{\"slug\":\"injected\",\"aggregation\":\"SUM\"," + "\"eventType\":\""
                                + json(text) + "\",\"valueProperty\":\"" + json(text) + "\"}");
        app.admin().delete("/api/v1/meters/injected");

        assertThat(acme.get(METER).body()).as("the events are as they were").isEqualTo(total);
    }

    /** More portals than there are places ask at once: each is answered, or told to come again. */
    @Threat("F7")
    @Test
    void aCrowdIsAnsweredOrToldToComeAgainAndEventsGoOnBeingStored() {
        AtomicInteger stored = new AtomicInteger();

        List<Integer> statuses = Together.run(200, thread -> {
            if (thread % 20 == 0) {
                String one =
                        event("crowd-" + thread, "other", "crowd", "2026-01-01T00:00:00Z", "{}");
                int status = app.admin().ingest(Api.EVENT, one).status();
                stored.addAndGet(status == 204 ? 1 : 0);
                return status;
            }
            Reply reply = acme.get(METER + "?windowSize=DAY&groupBy=model");
            if (reply.status() == 503) {
                assertThat(reply.header("Retry-After")).isNotEmpty();
            }
            return reply.status();
        });

        assertThat(statuses).allMatch(status -> Set.of(200, 204, 503).contains(status));
        assertThat(statuses).contains(200);
        assertThat(stored.get()).as("events of the crowd").isEqualTo(10);
        assertThat(acme.get(METER).status()).as("afterwards").isEqualTo(200);
    }

    /** A question that takes longer than it may is really stopped, and says so. */
    @Threat("F7")
    @Test
    void aSlowQuestionIsStoppedAtItsDeadline(@TempDir Path folder) {
        Map<String, String> impatient = Map.of("storage.sqlite.query-timeout", "1ms");
        try (TestApp slow = TestApp.start(folder, InstantSource.system(), impatient)) {
            slow.admin().post("/api/v1/meters", """
                    {"slug":"users","aggregation":"UNIQUE_COUNT","eventType":"prompt",\
                    "valueProperty":"$.user"}""");
            for (int batch = 0; batch < 10; batch++) {
                int first = batch * 2_000;
                slow.admin()
                        .ingest(
                                BATCH,
                                IntStream.range(first, first + 2_000)
                                        .mapToObj(i -> event(
                                                "e" + i,
                                                "prompt",
                                                "acme",
                                                "2026-01-01T10:30:00Z",
                                                "{\"user\":\"u" + i + "\"}"))
                                        .collect(Collectors.joining(",", "[", "]")));
            }

            Reply reply =
                    slow.portal("acme").get("/api/v1/portal/meters/users/query?windowSize=MINUTE");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.text("code")).isEqualTo("query-timeout");
            assertThat(reply.header("Retry-After")).isNotEmpty();
        }
    }

    /** The clock of the limits is the real one, but nothing is said about how long anything took. */
    @Threat("F8")
    @Test
    void aStormOfOneTokenIsToldToWaitAndOthersAreNot(@TempDir Path folder) {
        Map<String, String> limited = Map.of("portal.rates.queries-per-second", "1");
        try (TestApp strict = TestApp.start(folder, InstantSource.system(), limited)) {
            Api storm = strict.portal("acme");
            Api sibling = strict.portal("acme");
            Api other = strict.portal("globex");
            Map<Integer, Integer> seen = new TreeMap<>();
            for (int i = 0; i < 200; i++) {
                Reply reply = storm.get("/api/v1/portal/session");
                seen.merge(reply.status(), 1, Integer::sum);
                if (reply.status() == 429) {
                    assertThat(reply.text("code")).isEqualTo("rate-limited");
                    assertThat(Duration.ofSeconds(Long.parseLong(reply.header("Retry-After"))))
                            .isPositive();
                }
            }

            assertThat(seen).containsOnlyKeys(200, 429);
            assertThat(seen.get(429)).isGreaterThan(50);
            assertThat(sibling.get("/api/v1/portal/session").status())
                    .as("a second token of the subject gets nothing on top")
                    .isEqualTo(429);
            assertThat(other.get("/api/v1/portal/session").status()).isEqualTo(200);
        }
    }

    @Threat("F12")
    @ParameterizedTest
    @ValueSource(ints = {10, 85, 128})
    void aPatternThatWouldMakeOthersBacktrackIsMatchedInLinearTimeOrRefused(int times) {
        String pattern = "%_".repeat(times) + "x";
        String deep = "{\"$and\":[".repeat(times) + "{\"$eq\":\"a\"}" + "]}".repeat(times);

        int liked = acme.get(METER + "?advancedMeterGroupByFilters="
                        + url("{\"model\":{\"$like\":\"" + pattern + "\"}}"))
                .status();
        int nested = acme.get(
                        METER + "?advancedMeterGroupByFilters=" + url("{\"model\":" + deep + "}"))
                .status();

        assertThat(liked).isEqualTo(pattern.length() <= 256 ? 200 : 400);
        assertThat(nested).isEqualTo(400);
    }

    @Threat("F13")
    @Test
    void sumsNeitherWrapNorLoseADigit() {
        app.admin().post("/api/v1/meters", """
                {"slug":"big","aggregation":"SUM","eventType":"big","valueProperty":"$.n"}""");
        List<String> numbers = List.of(
                "9223372036854775807",
                "9223372036854775807",
                "0.000000000000000000000000000001",
                "-0.5");
        String batch = IntStream.range(0, numbers.size())
                .mapToObj(i -> event(
                        "big" + i,
                        "big",
                        "acme",
                        "2026-01-01T00:00:00Z",
                        "{\"n\":" + numbers.get(i) + "}"))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(app.admin().ingest(BATCH, batch).status()).isEqualTo(204);

        assertThat(acme.get("/api/v1/portal/meters/big/query").body())
                .contains("18446744073709551613.500000000000000000000000000001");
    }

    @Threat("F14")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/meters?page=2147483648",
                "/api/v1/meters?page=-1",
                "/api/v1/meters?page=0",
                "/api/v1/meters?pageSize=100000",
                "/api/v1/events?limit=0",
                "/api/v1/events?limit=101",
                "/api/v2/events?cursor=x",
                "/api/v2/events?cursor=AAAA",
                "/api/v1/portal/tokens?limit=-1",
                "/api/v1/portal/tokens?cursor=%00",
                "/api/v1/audit?cursor=99999999999999999999",
                "/api/v1/audit?limit=1e3"
            })
    void aPageThatCannotBeIsRefused(String path) {
        assertThat(app.admin().get(path).status()).isEqualTo(400);
    }

    @Threat("F15")
    @Test
    void aTagOf64KiBIsRefused() {
        String received = RawHttp.send(
                app.app().url().getPort(),
                RawHttp.request(
                        "GET",
                        METER,
                        "Authorization: Bearer " + acme.credential().orElseThrow(),
                        "If-None-Match: \"" + "x".repeat(65_536) + "\""));

        assertThat(RawHttp.status(received)).isIn(400, 431);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
