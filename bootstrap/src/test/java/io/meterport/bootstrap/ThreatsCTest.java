package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.OpenApi.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of another origin, or a cache in between, tries to get at what a browser may read. */
class ThreatsCTest {
    private static final String METER = "/api/v1/portal/meters/tokens/query";
    private static final String GOOD = "https://good.example";
    private static final String MARK = "zq7mark";

    @TempDir
    private static Path data;

    private static TestApp app;
    private static int port;
    private static String token;
    private static String key;

    @BeforeAll
    static void start() {
        app = TestApp.start(
                data,
                java.time.InstantSource.system(),
                Map.of("portal.cors.origins", GOOD + ",http://localhost:3000"));
        app.admin().post("/api/v1/meters", """
                {"slug":"tokens","aggregation":"COUNT","eventType":"prompt"}""");
        port = app.app().url().getPort();
        token = app.portal("acme").credential().orElseThrow();
        key = app.admin().credential().orElseThrow();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Threat({"C1", "C2"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://evil.example",
                "https://good.example.evil.example",
                "https://goodexample",
                "https://xgood.example",
                "http://good.example",
                "https://good.example:443",
                "https://good.example:8443",
                "https://good.example/",
                "https://good.example#",
                "https://good.example evil",
                "https://user@good.example",
                "HTTPS://GOOD.EXAMPLE",
                "https://good.example, https://evil.example",
                "http://localhost:30000",
                "*",
                ""
            })
    void anOriginThatIsNotOnTheListMayReadNothing(String origin) {
        for (String method : List.of("GET", "OPTIONS")) {
            String received = ask(
                    method,
                    METER,
                    "Origin: " + origin,
                    "Access-Control-Request-Method: GET",
                    "Authorization: Bearer " + token);

            assertThat(RawHttp.header(received, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(RawHttp.header(received, "Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
        String good = ask("GET", METER, "Origin: " + GOOD, "Authorization: Bearer " + token);
        assertThat(RawHttp.header(good, "Access-Control-Allow-Origin")).contains(GOOD);
        assertThat(RawHttp.header(good, "Vary").orElseThrow()).contains("Origin");
    }

    @Threat("C2")
    @Test
    void anOriginOf10KiBIsNoBetter() {
        String received = ask(
                "GET",
                METER,
                "Origin: https://" + "a".repeat(10_240),
                "Authorization: Bearer " + token);

        assertThat(RawHttp.status(received)).isEqualTo(200);
        assertThat(RawHttp.header(received, "Access-Control-Allow-Origin")).isEmpty();
    }

    /** Every operation of the document: who is let in, and who is not, gets the same care. */
    @Threat({"C4", "C5", "C7", "C8", "C9", "C10"})
    @TestFactory
    Stream<DynamicTest> noAnswerSetsACookieRepeatsAHeaderOrOpensAnythingToOtherOrigins() {
        return OpenApi.read().operations().stream()
                .filter(operation -> !operation.method().equals("DELETE"))
                .filter(operation -> !operation.path().endsWith("/stream"))
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(), () -> requireCare(operation)));
    }

    private static void requireCare(Operation operation) {
        String target = operation.path().replaceAll("\\{[^}]*}", MARK) + "?callback=" + MARK + "&"
                + MARK + "=" + MARK + "&access_token=" + token;
        for (Optional<String> bearer :
                List.of(Optional.<String>empty(), Optional.of(token), Optional.of(key))) {
            String received = ask(
                    operation.method(),
                    target,
                    "Origin: https://" + MARK + ".example",
                    "X-Forwarded-Host: " + MARK + ".example",
                    "X-Forwarded-Prefix: /" + MARK,
                    "Forwarded: host=" + MARK,
                    "Cookie: session=" + MARK,
                    "Referer: https://" + MARK + ".example/" + token,
                    bearer.map(text -> "Authorization: Bearer " + text).orElse("X-Nothing: 1"));

            assertThat(received)
                    .doesNotContainIgnoringCase("Set-Cookie")
                    .doesNotContain(token, key);
            assertThat(RawHttp.header(received, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(RawHttp.header(received, "X-Content-Type-Options")).contains("nosniff");
            assertThat(RawHttp.header(received, "Referrer-Policy")).isPresent();
            assertThat(RawHttp.header(received, "Location")).isEmpty();
            if (RawHttp.status(received) >= 400 && !operation.method().equals("HEAD")) {
                assertThat(RawHttp.header(received, "Content-Type"))
                        .contains("application/problem+json");
                assertThat(received).doesNotContain(MARK);
            }
        }
    }

    @Threat("C6")
    @Test
    void nothingThatBelongsToSomebodyMayBeKeptByASharedCache() {
        for (String path : List.of(
                METER,
                "/api/v1/portal/session",
                "/api/v1/portal/meters",
                "/api/v1/portal/query?q=%7B%22meters%22%3A%5B%7B%22meter%22%3A%22tokens%22%7D%5D%7D",
                "/api/v1/portal/events?meter=tokens")) {
            Reply reply = app.portal("acme").get(path);

            assertThat(reply.header("Cache-Control"))
                    .as(path)
                    .isIn("no-store", "private, no-cache");
            if (reply.header("Cache-Control").startsWith("private")) {
                assertThat(reply.header("Vary")).contains("Authorization");
            }
        }
    }

    /** The tag of one customer's answer is worth nothing to another. */
    @Threat("C6")
    @Test
    void aTagOfAnotherSubjectIsNoReasonToSayThatNothingHasChanged() {
        String acmes = app.portal("acme").get(METER).header("ETag");

        Reply globex = app.portal("globex").call("GET", METER, "If-None-Match", acmes, "");
        Reply acme = app.portal("acme").call("GET", METER, "If-None-Match", acmes, "");

        assertThat(acme.status()).isEqualTo(304);
        assertThat(globex.status()).isEqualTo(200);
    }

    private static String ask(String method, String target, String... headers) {
        return RawHttp.send(port, RawHttp.request(method, target, headers));
    }
}
