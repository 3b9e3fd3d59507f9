package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend can take away from a token, and that its holder cannot get it back. */
final class FinerTokensTest {
    private static final String TOKENS = "/api/v1/portal/tokens";
    private static final String QUERY = "/api/v1/portal/meters/calls/query";
    private static final List<String> MODELS = List.of("gpt-4", "gpt-4o", "GPT-4", "mini", "");

    private final Api api = new Api();

    @BeforeEach
    void fill() {
        api.meter("calls", "COUNT", "", "model", "user");
        api.meter("tokens", "SUM", "n", "model");
        for (int i = 0; i < 40; i++) {
            api.event(
                    "e" + i,
                    "alice",
                    "2026-11-20T0" + i % 10 + ":30:00Z",
                    "{\"n\":" + i + ",\"model\":\"" + MODELS.get(i % 5) + "\",\"user\":\"u" + i % 3
                            + "\"}");
        }
        api.event(
                "b",
                "bob",
                "2026-11-20T09:30:00Z",
                "{\"n\":1000,\"model\":\"mini\",\"user\":\"u0\"}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @Threat("B11")
    void aFilterOfTheHolderOnlyNarrowsTheFixedOne(long seed) {
        String free = api.token("alice");
        String fixed =
                api.tokenWith("alice", ",\"filters\":{\"calls\":{\"model\":[\"gpt-4\",\"mini\"]}}");
        Random random = new Random(seed);

        for (int i = 0; i < 12; i++) {
            String filter = filter(random, 2);
            String both = "{\"$and\":[" + filter + ",{\"$in\":[\"gpt-4\",\"mini\"]}]}";

            BigDecimal seen = count(fixed, filter);

            assertThat(seen).as(filter).isEqualTo(count(free, both));
            assertThat(seen).as(filter).isLessThanOrEqualTo(count(free, filter));
            assertThat(pageCount(fixed, filter)).as(filter).isEqualTo(seen);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "filterGroupBy[model]=gpt-4o",
                "filterGroupBy[model]=",
                "filterGroupBy[model]=%25",
                "filterGroupBy[model]=*",
                "groupBy=model",
                "windowSize=HOUR&groupBy=model&groupBy=user"
            })
    void theHolderSeesNoneOfTheEventsThatAFixedFilterKeepsAway(String query) {
        String fixed = api.tokenWith(
                "alice",
                ",\"filters\":{\"calls\":{\"model\":[\"gpt-4\",\"mini\"],\"user\":[\"u1\"]}}");

        Reply reply = api.get(QUERY + "?" + query, fixed);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain("gpt-4o", "GPT-4", "\"u0\"", "\"u2\"", "1000");
        assertThat(total(reply)).isLessThanOrEqualTo(5);
    }

    @Test
    void aFixedFilterOfOneMeterLeavesOthersAlone() {
        String fixed = api.tokenWith("alice", ",\"filters\":{\"calls\":{\"model\":[\"none\"]}}");

        assertThat(total(api.get(QUERY, fixed))).isZero();
        assertThat(total(api.get("/api/v1/portal/meters/tokens/query", fixed))).isEqualTo(780);
    }

    @Test
    void refusesAMeterThatHasLostTheDimensionOfAFixedFilter() {
        String fixed = api.tokenWith("alice", ",\"filters\":{\"calls\":{\"model\":[\"mini\"]}}");
        api.put("/api/v1/meters/calls", "{\"groupBy\":{\"user\":\"$.user\"}}");

        assertThat(api.get(QUERY, fixed).status()).isEqualTo(403);
        assertThat(api.page(fixed, "{\"meters\":[{\"meter\":\"calls\"}]}").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/portal/meters/calls/query?groupBy=%s",
                "/api/v1/portal/meters/calls/query?groupBy=model&groupBy=%s",
                "/api/v1/portal/meters/calls/query?filterGroupBy[%s]=u1",
                "/api/v1/portal/meters/calls/query?advancedMeterGroupByFilters={\"%s\":{\"$eq\":\"u1\"}}",
                "/api/v1/portal/meters/calls/group-by/%s/values",
                "/api/v1/portal/query?q={\"meters\":[{\"meter\":\"calls\",\"groupBy\":[\"%s\"]}]}",
                "/api/v1/portal/query?q={\"meters\":[{\"meter\":\"calls\",\"filterGroupBy\":{\"%s\":[\"u1\"]}}]}"
            })
    void aHiddenDimensionIsRefusedInTheBytesOfOneThatIsNotThere(String target) {
        String token = api.tokenWith("alice", ",\"hiddenDimensions\":{\"calls\":[\"user\"]}");

        Reply hidden = api.get(target.formatted("user"), token);
        Reply unknown = api.get(target.formatted("used"), token);

        assertThat(hidden.status()).isEqualTo(400);
        assertThat(hidden.code()).isEqualTo("unknown-dimension");
        assertThat(hidden.body().replace("user", "used")).isEqualTo(unknown.body());
        assertThat(api.get(target.formatted("user"), api.token("alice")).status())
                .isEqualTo(200);
    }

    @Test
    void allowsRangesUpToTheLongest() {
        String token = api.tokenWith("alice", ",\"longestRange\":\"P1DT12H\"");

        assertThat(ask(token, "?from=2026-11-19T00:00:00Z&to=2026-11-20T12:00:00Z")
                        .status())
                .isEqualTo(200);
        assertThat(ask(token, "?from=2026-11-19T00:00:00Z").status()).isEqualTo(200);
        for (Reply reply : List.of(
                ask(token, "?from=2026-11-19T00:00:00Z&to=2026-11-20T12:00:00.000001Z"),
                ask(token, "?from=2026-11-18T23:59:59Z"),
                ask(token, "?to=2026-11-20T12:00:00Z"),
                ask(token, ""),
                api.page(token, "{\"meters\":[{\"meter\":\"calls\"}]}"),
                api.page(token, "{\"period\":{\"days\":2},\"meters\":[{\"meter\":\"calls\"}]}"),
                api.get(
                        "/api/v1/portal/meters/calls/group-by/user/values?from=2026-11-18T00:00:00Z",
                        token))) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("range-too-long");
            assertThat(reply.body()).contains("P1DT12H");
        }
        assertThat(api.get("/api/v1/portal/meters/calls/group-by/user/values", token)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDayOfTheLongestRangeIsACalendarDay() {
        String token = api.tokenWith("alice", ",\"longestRange\":\"P31D\"");
        String october = """
                {"period":{"from":"2026-10-01T00:00:00+02:00","to":"%s"},"timeZone":"Europe/Berlin",
                 "meters":[{"meter":"calls"}]}""";

        assertThat(api.page(token, october.formatted("2026-11-01T00:00:00+01:00"))
                        .status())
                .isEqualTo(200);
        assertThat(api.page(token, october.formatted("2026-11-01T00:00:01+01:00"))
                        .code())
                .isEqualTo("range-too-long");
    }

    @ParameterizedTest
    @CsvSource({"MINUTE, 400", "HOUR, 400", "DAY, 200", "MONTH, 200"})
    void allowsNoSmallerWindows(String size, int status) {
        String token = api.tokenWith("alice", ",\"smallestWindow\":\"DAY\"");

        Reply query = ask(token, "?windowSize=" + size);
        Reply page = api.page(
                token, "{\"windowSize\":\"" + size + "\",\"meters\":[{\"meter\":\"calls\"}]}");

        assertThat(query.status()).isEqualTo(status);
        assertThat(page.status()).isEqualTo(status);
        if (status == 400) {
            assertThat(query.code()).isEqualTo("window-too-small");
            assertThat(page.code()).isEqualTo("window-too-small");
        }
    }

    @Test
    void letsInPagesOfTheAllowedOriginsOnly() {
        String token = api.tokenWith(
                "alice",
                ",\"allowedOrigins\":[\"https://app.example.com\",\"http://localhost:3000\"]");

        for (String path : List.of(
                QUERY,
                "/api/v1/portal/session",
                "/api/v1/portal/meters",
                "/api/v1/portal/stream")) {
            for (String[] origin : List.of(
                    new String[0],
                    new String[] {"Origin: https://evil.example"},
                    new String[] {"Origin: null"},
                    new String[] {"Origin: https://app.example.com.evil"},
                    new String[] {"Origin: https://app.example.com:8443"},
                    new String[] {"Origin: http://app.example.com"},
                    new String[] {"Referer: https://app.example.com/"})) {
                Reply reply = api.get(path, token, origin);
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.code()).isEqualTo("origin-not-allowed");
            }
        }
        assertThat(api.get(QUERY, token, "Origin: https://app.example.com").status())
                .isEqualTo(200);
        assertThat(api.get(QUERY, token, "Origin: http://localhost:3000").status())
                .isEqualTo(200);
        assertThat(api.get(QUERY, api.token("alice"), "Origin: https://evil.example")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsHowLongToWaitWhenATokenAsksTooOften() {
        String token = api.tokenWith("alice", ",\"requestsPerSecond\":2");
        api.get("/api/v1/portal/session", token);
        api.get(QUERY, token);

        Reply third = api.get("/api/v1/portal/meters", token);
        int another = api.get(QUERY, api.token("alice")).status();
        api.time.pass(Duration.ofSeconds(1));
        int later = api.get(QUERY, token).status();

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.code()).isEqualTo("rate-limited");
        assertThat(third.header("Retry-After")).contains("1");
        assertThat(another).isEqualTo(200);
        assertThat(later).isEqualTo(200);
    }

    @Test
    void revokesOneLoginOfOneSubject() {
        String first = api.tokenWith("alice", ",\"session\":\"login-1\"");
        String again = api.tokenWith("alice", ",\"session\":\"login-1\"");
        String second = api.tokenWith("alice", ",\"session\":\"login-2\"");
        String without = api.token("alice");
        String bobs = api.tokenWith("bob", ",\"session\":\"login-1\"");

        Reply done =
                api.post(TOKENS + "/invalidate", "{\"subject\":\"alice\",\"session\":\"login-1\"}");
        String later = api.tokenWith("alice", ",\"session\":\"login-1\"");

        assertThat(done.status()).isEqualTo(204);
        assertThat(done.header("Revocation-Seq")).isPresent();
        assertThat(List.of(first, again))
                .allSatisfy(token -> assertThat(api.get(QUERY, token).status()).isEqualTo(401));
        assertThat(List.of(second, without, bobs, later))
                .allSatisfy(token -> assertThat(api.get(QUERY, token).status()).isEqualTo(200));
    }

    @Test
    void givesBackWhatWasGiven() {
        String given = """
                "filters":{"calls":{"model":["mini",""]}},"hiddenDimensions":{"calls":["user"]},\
                "longestRange":"P31D","smallestWindow":"HOUR","allowedOrigins":["https://app.example.com"],\
                "requestsPerSecond":5,"session":"login-42","events":true,"timeZone":"America/New_York",\
                "locale":"de-DE","billing":{"anchor":"2026-01-31","interval":"days:14"},\
                "allowances":{"tokens":1000000.25}""";

        Reply created = api.post(TOKENS, "{\"subject\":\"alice\"," + given + "}");
        Reply listed = api.get(TOKENS);

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.body()).contains("\"allowedMeterSlugs\":[]," + given + "}");
        assertThat(listed.body())
                .contains(given)
                .doesNotContain(created.text("token"), created.text("token").substring(37));
    }

    @Test
    void keepsQuietAboutWhatATokenDoesNotHave() {
        assertThat(api.post(TOKENS, "{\"subject\":\"alice\"}").body())
                .matches(
                        "\\{\"id\":\"[^\"]*\",\"subject\":\"alice\",\"createdAt\":\"[^\"]*\","
                                + "\"expiresAt\":\"[^\"]*\",\"token\":\"[^\"]*\",\"allowedMeterSlugs\":\\[]}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"longestRange\":\"31 days\" | /longestRange",
                "\"longestRange\":\"P1M\" | /longestRange",
                "\"longestRange\":31 | /longestRange",
                "\"smallestWindow\":\"WEEK\" | /smallestWindow",
                "\"smallestWindow\":\"day\" | /smallestWindow",
                "\"allowedOrigins\":[] | /allowedOrigins",
                "\"allowedOrigins\":\"https://a.example\" | /allowedOrigins",
                "\"requestsPerSecond\":1.5 | /requestsPerSecond",
                "\"requestsPerSecond\":\"5\" | /requestsPerSecond",
                "\"session\":5 | /session",
                "\"events\":\"true\" | /events",
                "\"timeZone\":\"Mars/Olympus\" | /timeZone",
                "\"billing\":\"month\" | /billing",
                "\"billing\":{\"anchor\":\"2026-02-30\",\"interval\":\"month\"} | /billing/anchor",
                "\"billing\":{\"interval\":\"month\"} | /billing/anchor",
                "\"billing\":{\"anchor\":\"2026-01-31\"} | /billing/interval",
                "\"billing\":{\"anchor\":\"2026-01-31\",\"interval\":\"week\"} | /billing",
                "\"billing\":{\"anchor\":\"2026-01-31\",\"interval\":\"days:367\"} | /billing",
                "\"allowances\":{\"tokens\":\"many\"} | /allowances",
                "\"allowances\":[] | /allowances",
                "\"filters\":[] | /filters",
                "\"filters\":{\"calls\":[]} | /filters/calls",
                "\"filters\":{\"calls\":{\"model\":\"mini\"}} | /filters/calls/model",
                "\"filters\":{\"calls\":{\"model\":[1]}} | /filters/calls/model/0",
                "\"hiddenDimensions\":{\"calls\":\"user\"} | /hiddenDimensions/calls"
            })
    void refusesWhatItDoesNotUnderstandAndSaysWhere(String member, String field) {
        Reply reply = api.post(TOKENS, "{\"subject\":\"alice\"," + member + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.field()).isEqualTo(field);
        assertThat(api.get(TOKENS).items()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"longestRange\":\"PT0S\" | 400 | longestRange",
                "\"longestRange\":\"-P1D\" | 400 | longestRange",
                "\"longestRange\":\"P99999999999D\" | 400 | longestRange",
                "\"allowedOrigins\":[\"*\"] | 400 | origin",
                "\"allowedOrigins\":[\"https://app.example.com/\"] | 400 | origin",
                "\"allowedOrigins\":[\"null\"] | 400 | origin",
                "\"requestsPerSecond\":0 | 400 | requestsPerSecond",
                "\"requestsPerSecond\":10001 | 400 | requestsPerSecond",
                "\"session\":\"\" | 400 | session",
                "\"session\":\"a\\u0000b\" | 400 | session",
                "\"locale\":\"de_DE!\" | 400 | locale",
                "\"allowances\":{\"tokens\":-1} | 400 | allowance",
                "\"allowances\":{\"nowhere\":1} | 404 | nowhere",
                "\"filters\":{\"calls\":{\"model\":[]}} | 400 | filter",
                "\"filters\":{\"calls\":{\"none\":[\"x\"]}} | 400 | dimension",
                "\"filters\":{\"nowhere\":{\"model\":[\"x\"]}} | 404 | nowhere",
                "\"hiddenDimensions\":{\"calls\":[\"none\"]} | 400 | dimension",
                "\"hiddenDimensions\":{\"Calls\":[\"user\"]} | 400 | slug"
            })
    void refusesWhatCannotBe(String member, int status, String named) {
        Reply reply = api.post(TOKENS, "{\"subject\":\"alice\"," + member + "}");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text("detail")).contains(named);
        assertThat(api.get(TOKENS).items()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid-body",
                "{\"session\":\"login-1\"} | invalid-body",
                "{\"session\":\"login-1\",\"subject\":\"alice\",\"all\":true} | conflicting-parameters",
                "{\"session\":\"login-1\",\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"} | conflicting-parameters",
                "{\"subject\":\"alice\",\"all\":true} | conflicting-parameters",
                "{\"all\":false} | invalid-body",
                "{\"apiKeyId\":\"x\"} | invalid-id"
            })
    void revokesNothingThatIsNotClear(String body, String code) {
        String token = api.tokenWith("alice", ",\"session\":\"login-1\"");

        Reply reply = api.post(TOKENS + "/invalidate", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(api.get(QUERY, token).status()).isEqualTo(200);
    }

    private Reply ask(String token, String query) {
        return api.get(QUERY + query, token);
    }

    private BigDecimal count(String token, String filter) {
        Reply reply = ask(
                token,
                "?advancedMeterGroupByFilters=" + Encoded.of("{\"model\":" + filter + "}")
                        + "&from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z");
        return BigDecimal.valueOf(total(reply));
    }

    private BigDecimal pageCount(String token, String filter) {
        return new BigDecimal(api.page(
                        token,
                        "{\"period\":{\"days\":1},\"meters\":[{\"meter\":\"calls\","
                                + "\"advancedMeterGroupByFilters\":{\"model\":" + filter + "}}]}")
                .textAt("/meters/0/total/exact"));
    }

    private static int total(Reply reply) {
        return ((Json.Arr) reply.member("data"))
                .items().stream()
                        .map(row -> (Json.Num) ((Json.Obj) row).get("value").orElseThrow())
                        .mapToInt(number -> number.value().intValueExact())
                        .sum();
    }

    /** Some condition on models. */
    private static String filter(Random random, int depth) {
        String text = quoted(MODELS.get(random.nextInt(MODELS.size())));
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> "{\"$eq\":" + text + "}";
            case 1 -> "{\"$ne\":" + text + "}";
            case 2 -> "{\"$in\":[" + text + ",\"mini\"]}";
            case 3 -> "{\"$like\":\"%p%-4%\"}";
            case 4 -> "{\"$ilike\":\"gpt_4%\"}";
            case 5 -> "{\"$gt\":" + text + "}";
            case 6 -> "{\"$and\":" + both(random, depth) + "}";
            default -> "{\"$or\":" + both(random, depth) + "}";
        };
    }

    private static String both(Random random, int depth) {
        List<String> filters = new ArrayList<>();
        filters.add(filter(random, depth - 1));
        filters.add(filter(random, depth - 1));
        return "[" + String.join(",", filters) + "]";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
