package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.json.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the holder of a portal token may know about it, its meters and their values. */
final class PortalSessionTest {
    private static final String SESSION = "/api/v1/portal/session";
    private static final String METERS = "/api/v1/portal/meters";
    private static final String VALUES = "/api/v1/portal/meters/tokens/group-by/model/values";

    private final Api api = new Api();

    @BeforeEach
    void fill() {
        api.post("/api/v1/meters", """
                {"slug":"tokens","name":"Tokens <in>","description":"All of them","aggregation":"SUM",
                 "eventType":"request","valueProperty":"$.n",
                 "groupBy":{"model":"$.model","user":"$.user"},
                 "metadata":{"unit":"tokens","label.model":"Model"}}""");
        api.meter("calls", "COUNT", "");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void tellsWhatTheTokenIsFor() {
        api.post("/api/v1/subjects", "[{\"key\":\"alice\",\"displayName\":\"Alice Ltd\"}]");
        String token = api.token("alice");

        Reply reply = api.get(SESSION, token);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("""
                {"subject":{"key":"alice","displayName":"Alice Ltd"},"tokenId":"%s",\
                "expiresAt":"2026-11-21T12:00:00Z","serverTime":"2026-11-20T12:00:00Z",\
                "allowedMeterSlugs":["calls","tokens"],"meters":[\
                {"slug":"calls","name":"calls","aggregation":"COUNT","groupBy":[]},\
                {"slug":"tokens","name":"Tokens \\u003cin\\u003e","description":"All of them","unit":"tokens",\
                "aggregation":"SUM","groupBy":[{"key":"model","label":"Model"},{"key":"user","label":"user"}]}],\
                "events":false}
                """.formatted(token.substring(10, 36)));
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
        assertThat(reply.headers("Set-Cookie")).isEmpty();
    }

    @Test
    void givesBackTheHintsWithTheBillingPeriodsInTheirZone() {
        String token = api.tokenWith("alice", """
                ,"allowedMeterSlugs":["tokens"],"timeZone":"America/New_York","locale":"de-DE",
                "billing":{"anchor":"2026-01-31","interval":"month"},
                "allowances":{"tokens":"1000000.50","calls":7},
                "longestRange":"P31D","smallestWindow":"HOUR","events":true""");

        Reply reply = api.get(SESSION, token);

        assertThat(reply.textAt("/timeZone")).isEqualTo("America/New_York");
        assertThat(reply.textAt("/locale")).isEqualTo("de-DE");
        assertThat(reply.body()).contains("""
                "billing":{"anchor":"2026-01-31","interval":"month",\
                "current":{"from":"2026-10-31T00:00:00-04:00","to":"2026-11-30T00:00:00-05:00"},\
                "previous":{"from":"2026-09-30T00:00:00-04:00","to":"2026-10-31T00:00:00-04:00"}}""");
        assertThat(reply.body())
                .as("an allowance of a meter that the token does not allow stays untold")
                .contains(
                        "\"allowances\":{\"tokens\":{\"value\":1000000.5,\"exact\":\"1000000.5\"}}");
        assertThat(reply.textAt("/longestRange")).isEqualTo("P31D");
        assertThat(reply.textAt("/smallestWindow")).isEqualTo("HOUR");
        assertThat(reply.at("/events")).isEqualTo(new Json.Bool(true));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28, month, 2026-10-28, 2026-11-28, 2026-09-28",
        "2024-02-29, year, 2026-02-28, 2027-02-28, 2025-02-28",
        "2026-08-31, quarter, 2026-08-31, 2026-11-30, 2026-05-31",
        "2027-01-30, month, 2026-10-30, 2026-11-30, 2026-09-30",
        "2026-11-20, days:7, 2026-11-20, 2026-11-27, 2026-11-13",
        "2026-11-21, days:7, 2026-11-14, 2026-11-21, 2026-11-07"
    })
    void countsBillingPeriodsFromTheAnchorWithShortMonthsCut(
            String anchor, String interval, String from, String to, String before) {
        String token = api.tokenWith(
                "alice",
                ",\"billing\":{\"anchor\":\"" + anchor + "\",\"interval\":\"" + interval + "\"}");

        Reply reply = api.get(SESSION, token);

        assertThat(reply.textAt("/billing/current/from")).isEqualTo(from + "T00:00:00Z");
        assertThat(reply.textAt("/billing/current/to")).isEqualTo(to + "T00:00:00Z");
        assertThat(reply.textAt("/billing/previous/from")).isEqualTo(before + "T00:00:00Z");
        assertThat(reply.textAt("/billing/previous/to")).isEqualTo(from + "T00:00:00Z");
    }

    @Test
    void printsItsTimeToTheMicrosecond() {
        String token = api.token("alice");
        api.time.set(Api.NOW.plusNanos(123_456_789));

        assertThat(api.get(SESSION, token).textAt("/serverTime"))
                .isEqualTo("2026-11-20T12:00:00.123456Z");
    }

    @Test
    void listsOnlyMetersAndDimensionsThatTheTokenShows() {
        String token = api.tokenWith(
                "alice",
                ",\"allowedMeterSlugs\":[\"tokens\"],\"hiddenDimensions\":{\"tokens\":[\"user\"]}");

        assertThat(api.get(METERS, token).body()).isEqualTo("""
                [{"slug":"tokens","name":"Tokens \\u003cin\\u003e","description":"All of them","unit":"tokens",\
                "aggregation":"SUM","groupBy":[{"key":"model","label":"Model"}]}]
                """);
        assertThat(api.get(SESSION, token).body()).doesNotContain("user\"", "calls");
    }

    @Test
    void forgetsAMeterThatIsDeletedAndDoesNotTakeItsSuccessorForIt() {
        String token = api.token("alice", "calls");
        api.delete("/api/v1/meters/calls");
        api.meter("calls", "COUNT", "");

        assertThat(api.get(METERS, token).body()).isEqualTo("[]\n");
        assertThat(api.get("/api/v1/portal/meters/calls/query", token).status()).isEqualTo(403);
    }

    @Test
    void listsTheValuesOfTheSubjectAlone() {
        event("1", "alice", "2026-11-20T09:00:00Z", "b");
        event("2", "alice", "2026-11-20T10:00:00Z", "\\ud83d\\ude00");
        event("3", "alice", "2026-11-20T10:00:00Z", "\\uff5e");
        event("4", "bob", "2026-11-20T09:00:00Z", "bobs");
        event("5", "alice", "2026-10-01T09:00:00Z", "old");
        api.event("6", "alice", "2026-11-20T10:30:00Z", "{\"n\":1}");
        String token = api.token("alice");

        assertThat(api.get(VALUES, token).body())
                .isEqualTo("[\"\",\"b\",\"\uff5e\",\"\ud83d\ude00\"]\n");
        assertThat(api.get(VALUES + "?from=2026-10-01T00:00:00Z&to=2026-10-02T00:00:00Z", token)
                        .body())
                .isEqualTo("[\"old\"]\n");
        assertThat(api.get(VALUES + "?subject=bob", token).body())
                .isEqualTo(api.get(VALUES, token).body());
    }

    @Test
    void listsNoValuesThatAFixedFilterKeepsAway() {
        event("1", "alice", "2026-11-20T09:00:00Z", "a");
        event("2", "alice", "2026-11-20T09:00:00Z", "b");
        String token =
                api.tokenWith("alice", ",\"filters\":{\"tokens\":{\"model\":[\"a\",\"c\"]}}");

        assertThat(api.get(VALUES, token).body()).isEqualTo("[\"a\"]\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/portal/meters/tokens/group-by/none/values, 400, unknown-dimension",
        "/api/v1/portal/meters/tokens/group-by/subject/values, 400, unknown-dimension",
        "/api/v1/portal/meters/none/group-by/model/values, 404, unknown-meter",
        "/api/v1/portal/meters/Tokens/group-by/model/values, 404, unknown-meter",
        "/api/v1/portal/meters/tokens/group-by/model/values?from=x, 400, invalid-parameter",
        "/api/v1/portal/meters/tokens/group-by/model/values?from=2025-11-19T00:00:00Z&to=2026-11-20T00:00:01Z, 400, invalid-range",
        "/api/v1/portal/meters/tokens/group-by/model/values?from=2026-11-20T12:00:00Z&to=2026-11-20T12:00:00Z, 400, invalid-range"
    })
    void refusesValuesThatCannotBe(String target, int status, String code) {
        Reply reply = api.get(target, api.token("alice"));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void refusesValuesOfAMeterThatTheTokenDoesNotAllow() {
        String token = api.token("alice", "calls");

        Reply there = api.get(VALUES, token);
        Reply nowhere = api.get("/api/v1/portal/meters/none/group-by/model/values", token);

        assertThat(there.status()).isEqualTo(403);
        assertThat(there.body()).isEqualTo(nowhere.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {SESSION, METERS, VALUES})
    void letsNobodyInButHoldersOfTokens(String target) {
        for (Reply reply : List.of(
                api.get(target, ""),
                api.get(target, api.admin),
                api.get(target + "?access_token=" + api.token("alice"), ""))) {
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer realm=\"portal\"");
        }
        assertThat(api.call("HEAD", target, api.token("alice"), "").status()).isEqualTo(200);
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            Reply reply = api.call(method, target, api.token("alice"), "");
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }

    private void event(String id, String subject, String time, String model) {
        api.event(id, subject, time, "{\"n\":1,\"model\":\"" + model + "\",\"user\":\"u\"}");
    }
}
