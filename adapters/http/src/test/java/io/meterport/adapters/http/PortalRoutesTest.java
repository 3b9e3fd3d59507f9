package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.domain.portal.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the holder of a portal token may ask, and what a browser makes of the answers. */
final class PortalRoutesTest {
    private static final String QUERY = "/api/v1/portal/meters/calls/query";

    private final Api api = new Api();
    private String token;

    @BeforeEach
    void fill() {
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"request\",\"groupBy\":{\"route\":\"$.route\"}}");
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"hidden\",\"aggregation\":\"COUNT\",\"eventType\":\"request\"}");
        send("1", "alice", "/a");
        send("2", "alice", "/b");
        send("3", "bob", "/a");
        token = api.token("alice");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void answersTheUsageOfTheTokensSubject() {
        Reply reply = api.get(QUERY, token);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("""
                {"data":[{"value":2,"windowStart":"2026-11-20T12:00:00Z","windowEnd":"2026-11-20T12:01:00Z",\
                "subject":"alice","groupBy":{}}]}
                """);
        assertThat(reply.header("Cache-Control")).contains("private, no-cache");
        assertThat(reply.header("Vary")).contains("Origin, Authorization, Accept");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject=bob",
                "subject=bob&subject=alice",
                "SUBJECT=bob",
                "subject[]=bob",
                "sub%6Aect=bob",
                "subject%00=bob",
                "clientId=x",
                "groupBy=subject",
                "token=x"
            })
    @Threat("B1")
    void hasNoParameterThatNamesAnotherSubject(String query) {
        assertThat(api.get(QUERY + "?" + query, token).body())
                .isEqualTo(api.get(QUERY, token).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Subject: bob",
                "X-HTTP-Method-Override: DELETE",
                "X-Original-URL: /admin",
                "Forwarded: host=x",
                "Cookie: a=b"
            })
    @Threat({"B4", "C5"})
    void looksAtNoOtherHeader(String header) {
        Reply reply = api.get(QUERY, token, header);

        assertThat(reply.body()).isEqualTo(api.get(QUERY, token).body());
        assertThat(reply.headers("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "filterGroupBy[subject]=bob, unknown-dimension",
        "filterGroupBy[customer_id]=bob, unknown-dimension",
        "filterCustomerId=x, customers-not-supported",
        "customerId=x, customers-not-supported",
        "groupBy=customer_id, customers-not-supported",
        "groupBy=none, unknown-dimension",
        "windowSize=WEEK, invalid-parameter",
        "from=a, invalid-parameter"
    })
    void refusesParametersThatCannotBe(String query, String code) {
        Reply reply = api.get(QUERY + "?" + query, token);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void filtersAndGroupsAsForOperators() {
        assertThat(api.get(QUERY + "?filterGroupBy[route]=/a", token).body())
                .contains("\"value\":1,");
        assertThat(api.get(
                                QUERY
                                        + "?advancedMeterGroupByFilters={\"route\":{\"$ne\":\"/a\"}}&groupBy=route",
                                token)
                        .body())
                .contains("\"value\":1,", "\"groupBy\":{\"route\":\"/b\"}");
        assertThat(api.get(QUERY + "?from=2027-01-01T00:00:00Z", token).body())
                .isEqualTo("{\"from\":\"2027-01-01T00:00:00Z\",\"data\":[]}\n");
    }

    @Test
    void answersCsvWithTheSubject() {
        assertThat(api.get(QUERY, token, "Accept: text/csv").body()).isEqualTo("""
                window_start,window_end,subject,value
                2026-11-20T12:00:00Z,2026-11-20T12:01:00Z,alice,2
                """);
    }

    @Test
    @Threat("B13")
    void answersHeadLikeGetWithoutABody() {
        Reply get = api.get(QUERY, token);
        Reply head = api.call("HEAD", QUERY, token, "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headerLines())
                .filteredOn(line -> !line.startsWith("Date"))
                .isEqualTo(get.headerLines().stream()
                        .filter(line -> !line.startsWith("Date"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE"})
    @Threat("B13")
    void refusesOtherMethods(String method) {
        Reply reply = api.call(method, QUERY, token, "");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(reply.code()).isEqualTo("method-not-allowed");
    }

    @Test
    void refusesEveryTokenThatDoesNotHoldInTheSameBytes() {
        String revoked = api.token("alice");
        api.post(
                "/api/v1/portal/tokens/invalidate",
                "{\"id\":\"" + revoked.substring(10, 36) + "\"}");
        String crossed = token.substring(0, 37) + api.token("alice").substring(37);
        String expired = api.post(
                        "/api/v1/portal/tokens",
                        "{\"subject\":\"alice\",\"expiresAt\":\"2026-11-20T12:00:01Z\"}")
                .text("token");
        api.time.pass(Duration.ofSeconds(1));

        List<Reply> refusals = List.of(
                api.get(QUERY, revoked),
                api.get(QUERY, crossed),
                api.get(QUERY, expired),
                api.get(QUERY, "om_portal_x"),
                api.get(QUERY, token + "x"),
                api.get(QUERY, "x".repeat(513)),
                api.get(QUERY, api.admin),
                api.get(QUERY, "", "Authorization: Basic " + token),
                api.get(QUERY, "", "Authorization: Bearer  " + token),
                api.get(QUERY, "", "Authorization: Bearer\t" + token),
                api.get(QUERY, "", "Authorization: Bearer \"" + token + "\""),
                api.get(QUERY, "", "Authorization: Bearer"),
                api.get(QUERY, "", "Authorization: " + token));

        assertThat(refusals)
                .extracting(Reply::body)
                .containsOnly(refusals.getFirst().body());
        assertThat(refusals).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("unauthenticated");
            assertThat(reply.header("Cache-Control")).contains("no-store");
            assertThat(reply.header("WWW-Authenticate"))
                    .contains("Bearer realm=\"portal\", error=\"invalid_token\"");
        });
    }

    @Test
    @Threat("A35")
    void tiresOfForgedTokensAndStillLetsGoodOnesIn() {
        String misspelt = token.substring(0, 37) + api.token("alice").substring(37);
        String revoked = api.token("alice");
        api.post(
                "/api/v1/portal/tokens/invalidate",
                "{\"id\":\"" + revoked.substring(10, 36) + "\"}");
        String forged = forged(token);
        for (int i = 0; i < 20; i++) {
            assertThat(api.get(QUERY, forged).status()).isEqualTo(401);
        }

        Reply tired = api.get(QUERY, forged);

        assertThat(tired.status()).isEqualTo(429);
        assertThat(tired.code()).isEqualTo("rate-limited");
        assertThat(tired.header("Retry-After")).contains("3");
        assertThat(api.get(QUERY, token).status()).isEqualTo(200);
        assertThat(api.get(QUERY, revoked).status()).isEqualTo(401);
        assertThat(api.get(QUERY, misspelt).status()).isEqualTo(401);
        api.time.pass(Duration.ofSeconds(3));
        assertThat(api.get(QUERY, forged).status()).isEqualTo(401);
    }

    @Test
    void tellsWhoSentNothingThatSomethingIsNeeded() {
        Reply none = api.get(QUERY, "");
        Reply inQuery = api.get(QUERY + "?access_token=" + token, "");

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).contains("Bearer realm=\"portal\"");
        assertThat(inQuery.status()).isEqualTo(401);
        assertThat(inQuery.header("WWW-Authenticate")).contains("Bearer realm=\"portal\"");
    }

    @Test
    void refusesTwoCredentials() {
        List<Reply> refusals = List.of(
                api.get(QUERY, token, "Authorization: Bearer " + token),
                api.get(QUERY, token, "Authorization: Bearer x"),
                api.get(QUERY, "", "Authorization: Bearer " + token + ", Bearer " + token),
                api.get(QUERY + "?access_token=x", token));

        assertThat(refusals).extracting(Reply::status).containsOnly(400);
        assertThat(refusals).extracting(Reply::code).containsOnly("malformed-request");
    }

    @Test
    void takesTheSchemeInAnyCase() {
        assertThat(api.get(QUERY, "", "Authorization: bEARER " + token).status())
                .isEqualTo(200);
    }

    @Test
    void decidesAboutTheTokenBeforeItLooksAtParameters() {
        assertThat(api.get(QUERY + "?windowSize=WEEK", "om_portal_x").status()).isEqualTo(401);
        assertThat(api.get("/api/v1/portal/meters/none/query?from=a", "om_portal_x")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hidden",
                "nowhere",
                "Calls",
                "calls%20",
                "calls%00",
                "c%C3%A0lls",
                "..",
                "%2e%2e",
                "calls;x=1",
                "a%2Fb"
            })
    void doesNotTellARestrictedTokenWhatThereIs(String slug) {
        String restricted = api.token("alice", "calls");

        Reply reply = api.get("/api/v1/portal/meters/" + slug + "/query?from=a", restricted);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("insufficient-scope");
        assertThat(reply.header("WWW-Authenticate"))
                .contains("Bearer realm=\"portal\", error=\"insufficient_scope\"");
        assertThat(reply.body())
                .isEqualTo(api.get("/api/v1/portal/meters/hidden/query", restricted)
                        .body());
    }

    @Test
    void takesNoIdForASlug() {
        String id = api.get("/api/v1/meters/calls").text("id");

        assertThat(api.get("/api/v1/portal/meters/" + id + "/query", token).code())
                .isEqualTo("unknown-meter");
        assertThat(api.get("/api/v1/portal/meters/nowhere/query", token).status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/portal/meters/n%C3%B6/query", token).status())
                .isEqualTo(404);
    }

    @Test
    void letsPagesOfAnyOriginReadAnswersAndRefusalsWithoutCredentials() {
        for (Reply reply : List.of(
                api.get(QUERY, token, "Origin: https://shop.example"),
                api.get(QUERY, "", "Origin: https://shop.example"),
                api.get(QUERY + "?from=a", token, "Origin: https://shop.example"),
                api.call("POST", QUERY, token, "", "Origin: https://shop.example"))) {
            assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
            assertThat(reply.header("Access-Control-Expose-Headers"))
                    .contains("ETag, Retry-After, Content-Disposition, Date");
            assertThat(reply.headers("Access-Control-Allow-Credentials")).isEmpty();
        }
        assertThat(api.get(QUERY, token).headers("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void answersAPreflightWithoutAToken() {
        Reply reply = preflight(
                QUERY + "?filterGroupBy[route]=/a", "GET", "Authorization, ACCEPT,if-none-match");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(reply.header("Access-Control-Allow-Methods")).contains("GET, HEAD");
        assertThat(reply.header("Access-Control-Allow-Headers"))
                .contains("accept, authorization, content-type, if-none-match");
        assertThat(reply.header("Access-Control-Max-Age")).contains("7200");
        assertThat(reply.headers("Access-Control-Allow-Credentials")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, authorization",
        "POST, authorization",
        "GET, x-anything",
        "GET, 'authorization, cookie'"
    })
    @Threat("C3")
    void allowsNoMoreThanItServes(String method, String headers) {
        Reply reply = preflight(QUERY, method, headers);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers("Access-Control-Allow-Origin")).isEmpty();
        assertThat(reply.headers("Access-Control-Allow-Methods")).isEmpty();
    }

    @Test
    void allowsOnlyTheOriginsAndHeadersThatAreConfigured() {
        try (Api own = new Api(settings -> new HttpSettings(
                settings.at(),
                settings.operators(),
                settings.authentication(),
                List.of("https://good.example"),
                List.of("X-Trace"),
                settings.listener(),
                settings.ingests(),
                settings.queries()))) {
            for (String origin : List.of(
                    "null",
                    "http://good.example",
                    "https://good.example:8443",
                    "https://good.example.evil",
                    "https://evilgood.example",
                    "https://GOOD.example")) {
                Reply reply = own.get(QUERY, "", "Origin: " + origin);
                assertThat(reply.headers("Access-Control-Allow-Origin"))
                        .as(origin)
                        .isEmpty();
                assertThat(reply.header("Vary")).contains("Origin");
            }
            Reply good = own.get(QUERY, "", "Origin: https://good.example");
            own.post(
                    "/api/v1/meters",
                    "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");
            Reply read = own.get(QUERY, own.token("alice"), "Origin: https://good.example");
            Reply preflight = own.call(
                    "OPTIONS",
                    QUERY,
                    "",
                    "",
                    "Origin: https://good.example",
                    "Access-Control-Request-Method: GET",
                    "Access-Control-Request-Headers: x-trace");

            assertThat(good.header("Access-Control-Allow-Origin")).contains("https://good.example");
            assertThat(good.header("Vary")).contains("Origin");
            assertThat(read.header("Access-Control-Allow-Origin")).contains("https://good.example");
            assertThat(read.header("Vary")).contains("Origin, Authorization, Accept");
            assertThat(preflight.header("Access-Control-Allow-Headers"))
                    .contains("accept, authorization, content-type, if-none-match, x-trace");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/portal/tokens",
                "/api/v1/portal/tokens/invalidate",
                "/api/v1/portal/metersx",
                "/api/v1/meters",
                "/api/v1/meters/calls/query",
                "/api/v1/events",
                "/health/live"
            })
    @Threat("C4")
    void hasNoCorsElsewhere(String path) {
        for (String method : List.of("GET", "POST", "OPTIONS")) {
            Reply reply = api.call(
                    method,
                    path,
                    api.admin,
                    "",
                    "Origin: https://shop.example",
                    "Access-Control-Request-Method: GET");
            assertThat(reply.headerLines()).noneMatch(line -> line.startsWith("Access-Control"));
        }
    }

    /** A token of the right form and checksum that nobody ever made. */
    private static String forged(String token) {
        return TokenSecret.of(
                        TokenSecret.Kind.PORTAL,
                        token.substring(10, 36),
                        "another secret of thirty-two byt".getBytes(StandardCharsets.US_ASCII))
                .text();
    }

    private Reply preflight(String target, String method, String headers) {
        return api.call(
                "OPTIONS",
                target,
                "",
                "",
                "Origin: https://shop.example",
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: " + headers);
    }

    private void send(String id, String subject, String route) {
        Reply reply = api.ingest(
                "application/json",
                "{\"specversion\":\"1.0\",\"id\":\"" + id
                        + "\",\"source\":\"tests\",\"type\":\"request\",\"subject\":\"" + subject
                        + "\",\"data\":{\"route\":\"" + route + "\"}}");
        assertThat(reply.status()).isEqualTo(204);
    }
}
