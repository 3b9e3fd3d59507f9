package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a browser has already are not sent, nor worked out, again. */
final class PortalConditionalTest {
    private static final String METER = "/api/v1/portal/meters/calls/query?windowSize=DAY";
    private static final String PAGE = target("""
            {"period":{"days":2},"windowSize":"DAY","meters":[{"meter":"calls"}]}""");
    private static final String COMPARED = target("""
            {"period":{"days":2},"meters":[{"meter":"calls","compare":"previous"}]}""");

    private final AtomicInteger reads = new AtomicInteger();
    private final Api api = new Api(settings -> settings, reader -> query -> {
        reads.incrementAndGet();
        return reader.apply(query);
    });
    private String token;

    @BeforeEach
    void fill() {
        api.meter("calls", "COUNT", "", "model");
        event("1", "alice");
        token = api.token("alice");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"meter", "page", "compared"})
    void answersThatNothingHasChangedWithoutReadingUsage(String which) {
        String target = targetOf(which);
        Reply first = api.get(target, token);
        reads.set(0);

        Reply again = ifNoneMatch(target, token, tag(first));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(reads).hasValue(0);
        assertThat(again.header("ETag")).contains(tag(first));
        assertThat(again.header("Cache-Control")).contains("private, no-cache");
        assertThat(again.header("Vary")).contains("Origin, Authorization, Accept");
        assertThat(again.headers("Content-Type")).isEmpty();
        assertThat(tag(first)).matches("W/\"[A-Za-z0-9_-]{22}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"meter", "page", "compared"})
    void answersAnewOnceAnEventOfTheSubjectHasCome(String which) {
        String target = targetOf(which);
        Reply first = api.get(target, token);
        event("2", "alice");

        Reply second = ifNoneMatch(target, token, tag(first));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isNotEqualTo(first.body()).contains("\"value\":2");
        assertThat(tag(second)).isNotEqualTo(tag(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"meter", "page", "compared"})
    void doesNotMindEventsThatDoNotCount(String which) {
        String target = targetOf(which);
        Reply first = api.get(target, token);
        event("2", "bob");
        api.eventOf("another", "3", "alice", "2026-11-20T11:00:00Z", "{}");

        assertThat(ifNoneMatch(target, token, tag(first)).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"meter", "page"})
    void namesWhateverDiffersDifferently(String which) {
        String target = targetOf(which);
        String filtered = api.tokenWith("alice", ",\"filters\":{\"calls\":{\"model\":[\"a\"]}}");

        List<String> tags = List.of(
                tag(api.get(target, token)),
                tag(api.get(target, filtered)),
                tag(api.get(target, api.token("bob"))),
                tag(api.get(target, token, "Accept: text/csv")),
                tag(api.get(target.replace("DAY", "HOUR"), token)));

        assertThat(tags).doesNotHaveDuplicates();
        assertThat(ifNoneMatch(target, api.token("bob"), tags.getFirst()).status())
                .isEqualTo(200);
        assertThat(tag(api.get(target, api.token("alice")))).isEqualTo(tags.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"meter", "page"})
    void answersAnewOnceTheMeterHasChanged(String which) {
        String target = targetOf(which);
        Reply first = api.get(target, token);
        api.time.pass(Duration.ofSeconds(1));
        api.put("/api/v1/meters/calls", """
                {"name":"Calls","groupBy":{"model":"$.other"}}""");

        assertThat(ifNoneMatch(target, token, tag(first)).status()).isEqualTo(200);
    }

    @Test
    void answersAnewOnceTheOpenWindowIsAnother() {
        Reply first = api.get(PAGE, token);

        api.time.pass(Duration.ofHours(11));
        Reply sameDay = ifNoneMatch(PAGE, token, tag(first));
        api.time.pass(Duration.ofHours(1));
        Reply nextDay = ifNoneMatch(PAGE, token, tag(first));

        assertThat(sameDay.status()).isEqualTo(304);
        assertThat(nextDay.status()).isEqualTo(200);
    }

    @Test
    void answersAnewOnceMoreTimeHasPassedToCompare() {
        Reply first = api.get(COMPARED, token);

        api.time.pass(Duration.ofSeconds(59));
        Reply sameMinute = ifNoneMatch(COMPARED, token, tag(first));
        api.time.pass(Duration.ofSeconds(1));
        Reply nextMinute = ifNoneMatch(COMPARED, token, tag(first));

        assertThat(sameMinute.status()).isEqualTo(304);
        assertThat(nextMinute.status()).isEqualTo(200);
    }

    @Test
    void doesNotCallAWindowPartialOnceItIsOverThoughThePeriodWasOverBefore() {
        String target = target("""
                {"period":{"from":"2026-11-20T00:00:00Z","to":"2026-11-20T11:30:00Z"},"windowSize":"DAY",
                 "meters":[{"meter":"calls"}]}""");
        Reply first = api.get(target, token);
        api.time.pass(Duration.ofHours(12));

        Reply later = ifNoneMatch(target, token, tag(first));

        assertThat(first.body()).contains("\"partial\":true");
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.body()).contains("\"partial\":false");
    }

    @Test
    void understandsListsAndStarsAndComparesWeakly() {
        String tag = tag(api.get(PAGE, token));

        for (String value : List.of(
                "*",
                tag.substring(2),
                "\"other\", " + tag,
                "W/\"x\"," + tag + ",\"y\"",
                " " + tag + " ")) {
            assertThat(ifNoneMatch(PAGE, token, value).status()).as(value).isEqualTo(304);
        }
        for (String value : List.of("\"other\"", "W/\"\"", "x", tag.substring(3, 25))) {
            assertThat(ifNoneMatch(PAGE, token, value).status()).as(value).isEqualTo(200);
        }
        Reply twoLines = api.get(PAGE, token, "If-None-Match: \"other\"", "If-None-Match: " + tag);
        assertThat(twoLines.status()).isEqualTo(304);
    }

    @Test
    void answersHeadAlike() {
        Reply get = api.get(PAGE, token);
        Reply head = api.call("HEAD", PAGE, token, "");
        Reply known = api.call("HEAD", PAGE, token, "", "If-None-Match: " + tag(get));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(tag(head)).isEqualTo(tag(get));
        assertThat(known.status()).isEqualTo(304);
    }

    @Test
    void letsInNobodyForATag() {
        String tag = tag(api.get(PAGE, token));
        api.post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"alice\"}");

        Reply revoked = ifNoneMatch(PAGE, token, tag);

        assertThat(revoked.status()).isEqualTo(401);
        assertThat(revoked.header("Cache-Control")).contains("no-store");
        assertThat(ifNoneMatch(PAGE, api.token("alice", "calls").substring(1), "*")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesATagThatIsTooLong() {
        Reply reply = ifNoneMatch(PAGE, token, "\"" + "x".repeat(8_200) + "\"");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("malformed-request");
    }

    @Test
    void givesNoTagToAnAnswerToAPost() {
        Reply reply = api.call(
                "POST",
                "/api/v1/portal/query",
                token,
                "{\"meters\":[{\"meter\":\"calls\"}]}",
                "Content-Type: application/json",
                "If-None-Match: *");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers("ETag")).isEmpty();
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    private Reply ifNoneMatch(String target, String bearer, String value) {
        return api.get(target, bearer, "If-None-Match: " + value);
    }

    private static String tag(Reply reply) {
        return reply.header("ETag").orElseThrow(() -> new AssertionError("no tag: " + reply));
    }

    private static String targetOf(String which) {
        return switch (which) {
            case "meter" -> METER;
            case "page" -> PAGE;
            default -> COMPARED;
        };
    }

    private static String target(String question) {
        return "/api/v1/portal/query?q=" + Encoded.of(question);
    }

    private void event(String id, String subject) {
        api.event(id, subject, "2026-11-20T11:00:00Z", "{\"model\":\"a\"}");
    }
}
