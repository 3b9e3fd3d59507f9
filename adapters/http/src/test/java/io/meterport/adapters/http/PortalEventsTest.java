package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The events behind a customer's own usage, where the token says that they may be seen. */
final class PortalEventsTest {
    private static final String EVENTS = "/api/v1/portal/events";
    private static final String MAY = ",\"events\":true";

    private final Api api = new Api();

    @BeforeEach
    void fill() {
        api.meter("tokens", "SUM", "n", "model", "user");
        api.meter("users", "UNIQUE_COUNT", "user", "model");
        api.meter("calls", "COUNT", "", "model");
        event("a1", "alice", "2026-11-20T09:00:00Z", "1.50", "gpt", "ann");
        event("a2", "alice", "2026-11-20T10:00:00Z", "2", "mini", "ben");
        event("a3", "alice", "2026-11-20T11:00:00Z", "4", "gpt", "ben");
        event("b1", "bob", "2026-11-20T10:30:00Z", "1000", "gpt", "ann");
        api.eventOf("other", "o1", "alice", "2026-11-20T10:40:00Z", "{\"n\":7}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void showsWhatEachEventGaveToTheMeterAndNothingElseOfIt() {
        api.event("a4", "alice", "2026-11-20T11:30:00Z", """
                {"n":"0.25","model":"gpt","secret":"s3cret","user":{"deep":"s3cret"}}""");

        Reply reply = events(token(""), "meter=tokens&from=2026-11-20T11:00:00Z");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("""
                {"items":[\
                {"id":"a4","time":"2026-11-20T11:30:00Z","value":0.25,\
                "groupBy":{"model":"gpt","user":""}},\
                {"id":"a3","time":"2026-11-20T11:00:00Z","value":4,\
                "groupBy":{"model":"gpt","user":"ben"}}]}
                """);
        assertThat(events(
                                token(""),
                                "meter=users&from=2026-11-20T11:00:00Z&to=2026-11-20T11:01:00Z")
                        .textAt("/items/0/value"))
                .isEqualTo("ben");
        assertThat(events(token(""), "meter=calls").at("/items/0/value"))
                .as("counted whatever it says")
                .isEqualTo(new Json.Nil());
    }

    @Test
    void isOffUnlessTheTokenSaysSo() {
        for (String token : List.of(
                api.token("alice"),
                api.token("alice", "tokens"),
                api.tokenWith("alice", ",\"events\":false"))) {
            Reply reply = events(token, "meter=tokens");

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("insufficient-scope");
            assertThat(events(token, "meter=nowhere").body())
                    .as("nor what there is")
                    .isEqualTo(reply.body());
        }
        assertThat(api.get("/api/v1/portal/session", api.token("alice")).body())
                .contains("\"events\":false");
    }

    @Test
    void showsTheTokensSubjectOnly() {
        String query = "meter=tokens";

        assertThat(ids(events(token(""), query))).containsExactly("a3", "a2", "a1");
        for (String more : List.of("&subject=bob", "&filterGroupBy[model]=gpt", "&id=b1")) {
            assertThat(events(token(""), query + more).body()).doesNotContain("b1", "1000");
        }
        assertThat(ids(events(api.tokenWith("Alice", MAY), query))).isEmpty();
        assertThat(ids(events(api.tokenWith("ali%", MAY), query))).isEmpty();
    }

    @Test
    void showsAllowedMetersOnlyAndDoesNotTellWhatElseThereIs() {
        String token = token(",\"allowedMeterSlugs\":[\"calls\"]");

        Reply hidden = events(token, "meter=tokens");
        Reply absent = events(token, "meter=nowhere");

        assertThat(ids(events(token, "meter=calls"))).containsExactly("a3", "a2", "a1");
        assertThat(hidden.status()).isEqualTo(403);
        assertThat(hidden.body()).isEqualTo(absent.body());
        assertThat(events(token(""), "meter=nowhere").code()).isEqualTo("unknown-meter");
    }

    @Test
    void removesHiddenDimensionsAndRefusesToFilterByThem() {
        String token = token(",\"hiddenDimensions\":{\"tokens\":[\"user\"]}");

        Reply reply = events(token, "meter=tokens");
        Reply hidden = events(token, "meter=tokens&filterGroupBy[user]=ann");
        Reply absent = events(token, "meter=tokens&filterGroupBy[nope]=ann");

        assertThat(ids(reply)).containsExactly("a3", "a2", "a1");
        assertThat(reply.body()).doesNotContain("user", "ann", "ben").contains("\"model\":\"gpt\"");
        assertThat(hidden.status()).isEqualTo(400);
        assertThat(hidden.body().replace("user", "nope")).isEqualTo(absent.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&filterGroupBy[model]=gpt",
                "&filterGroupBy[model]=mini",
                "&advancedMeterGroupByFilters=%7B%22model%22%3A%7B%22%24ne%22%3A%22gpt%22%7D%7D"
            })
    void aFixedFilterCannotBeWidened(String query) {
        String token = token(",\"filters\":{\"tokens\":{\"model\":[\"mini\"]}}");

        assertThat(ids(events(token, "meter=tokens" + query))).isSubsetOf("a2");
        assertThat(ids(events(token, "meter=calls"))).as("of another meter").hasSize(3);
    }

    @Test
    void refusesAMeterThatHasLostTheDimensionOfAFixedFilter() {
        String token = token(",\"filters\":{\"tokens\":{\"model\":[\"mini\"]}}");
        api.put("/api/v1/meters/tokens", "{\"groupBy\":{\"user\":\"$.user\"}}");

        assertThat(events(token, "meter=tokens").status()).isEqualTo(403);
    }

    @Test
    void narrowsByRangeAndFilterAsTheQueryDoes() {
        String token = token("");
        for (String query : List.of(
                "from=2026-11-20T10:00:00Z&to=2026-11-20T11:00:00Z",
                "from=2026-11-20T09:00:00Z&to=2026-11-20T09:00:00.000001Z",
                "filterGroupBy[model]=gpt",
                "filterGroupBy[model]=gpt&filterGroupBy[user]=ben",
                "from=2027-01-01T00:00:00Z")) {
            Reply list = events(token, "meter=tokens&" + query);
            Reply sum = api.get("/api/v1/portal/meters/tokens/query?" + query, token);

            assertThat(values(list)).as(query).isEqualByComparingTo(total(sum));
        }
    }

    @Test
    void givesAPageAtATimeAndMissesNothing() {
        for (int i = 0; i < 250; i++) {
            // Several at one moment, and one of two of another model and of another customer.
            event(
                    "p" + i,
                    i % 3 == 0 ? "bob" : "alice",
                    "2026-11-19T10:%02d:00Z".formatted(i / 10),
                    "1",
                    i % 2 == 0 ? "gpt" : "mini",
                    "u");
        }
        String token = token("");
        Set<String> expected = new LinkedHashSet<>();
        for (int i = 0; i < 250; i++) {
            if (i % 3 != 0 && i % 2 == 0) {
                expected.add("p" + i);
            }
        }

        for (int limit : new int[] {1, 7, 100}) {
            List<String> all = pages(
                    token,
                    "meter=tokens&filterGroupBy[model]=gpt&to=2026-11-20T00:00:00Z&limit=" + limit,
                    limit);

            assertThat(all)
                    .as("limit " + limit)
                    .hasSameSizeAs(expected)
                    .hasSameElementsAs(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid-parameter",
        "meter=tokens&meter=tokens, invalid-parameter",
        "meter=tokens&limit=0, invalid-parameter",
        "meter=tokens&limit=101, invalid-parameter",
        "meter=tokens&limit=-1, invalid-parameter",
        "meter=tokens&limit=2147483648, invalid-parameter",
        "meter=tokens&cursor=, invalid-cursor",
        "meter=tokens&cursor=AAAA, invalid-cursor",
        "meter=tokens&cursor=%00, invalid-cursor",
        "meter=tokens&from=yesterday, invalid-parameter",
        "meter=tokens&from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z, invalid-range",
        "meter=tokens&filterGroupBy[nope]=x, unknown-dimension"
    })
    void refusesWhatCannotBe(String query, String code) {
        Reply reply = events(token(""), query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    /** A cursor is a place in one's own list: a made-up or foreign one shows nothing of others. */
    @Test
    void aForeignCursorLeadsToOnesOwnEventsOnly() {
        String bobs = events(api.tokenWith("bob", MAY), "meter=tokens&limit=1").text("nextCursor");

        assertThat(ids(events(token(""), "meter=tokens&cursor=" + bobs)))
                .containsExactly("a2", "a1");
    }

    @Test
    void keepsToTheLongestRangeOfTheToken() {
        String token = token(",\"longestRange\":\"PT1H\"");

        assertThat(events(token, "meter=tokens").code()).isEqualTo("range-too-long");
        assertThat(ids(events(
                        token, "meter=tokens&from=2026-11-20T10:00:00Z&to=2026-11-20T11:00:00Z")))
                .containsExactly("a2");
    }

    @Test
    void letsInHoldersOfTokensOnlyAndAnswersNoOtherMethod() {
        assertThat(events("", "meter=tokens").status()).isEqualTo(401);
        assertThat(events(api.admin, "meter=tokens").status()).isEqualTo(401);
        assertThat(api.call("POST", EVENTS, token(""), "").header("Allow"))
                .contains("GET, HEAD, OPTIONS");
        assertThat(events(token(""), "meter=tokens").header("Cache-Control")).contains("no-store");
    }

    private List<String> pages(String token, String query, int limit) {
        List<String> all = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            String cursor = next.get().isEmpty() ? "" : "&cursor=" + next.get();
            Reply page = events(token, query + cursor);
            assertThat(page.countAt("/items")).isLessThanOrEqualTo(limit);
            all.addAll(ids(page));
            next = page.hasAt("/nextCursor")
                    ? Optional.of(page.textAt("/nextCursor"))
                    : Optional.empty();
        }
        return all;
    }

    private String token(String more) {
        return api.tokenWith("alice", MAY + more);
    }

    private Reply events(String token, String query) {
        return api.get(EVENTS + "?" + query, token);
    }

    private void event(
            String id, String subject, String time, String n, String model, String user) {
        String data = "{\"n\":%s,\"model\":\"%s\",\"user\":\"%s\"}".formatted(n, model, user);
        api.event(id, subject, time, data);
    }

    private static List<String> ids(Reply reply) {
        return IntStream.range(0, reply.countAt("/items"))
                .mapToObj(i -> reply.textAt("/items/" + i + "/id"))
                .toList();
    }

    private static BigDecimal values(Reply reply) {
        return IntStream.range(0, reply.countAt("/items"))
                .mapToObj(i -> ((Json.Num) reply.at("/items/" + i + "/value")).value())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal total(Reply reply) {
        return reply.countAt("/data") == 0
                ? BigDecimal.ZERO
                : ((Json.Num) reply.at("/data/0/value")).value();
    }
}
