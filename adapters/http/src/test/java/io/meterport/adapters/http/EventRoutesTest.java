package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events in, and the lists of what came in. */
final class EventRoutesTest {
    private static final String ONE = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String EITHER = "application/json";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ONE,
                EITHER,
                "application/json; charset=utf-8",
                "APPLICATION/JSON;charset=\"UTF-8\"",
                "application/cloudevents+json; x=y"
            })
    void takesOneEvent(String contentType) {
        Reply reply = api.ingest(contentType, event("1"));

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(ids()).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {BATCH, EITHER, "application/cloudevents-batch+json;charset=utf-8"})
    void takesABatch(String contentType) {
        Reply reply = api.ingest(contentType, "[" + event("1") + "," + event("2") + "]");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(ids()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void takesAnEmptyBatchButNotAnEmptyArray() {
        assertThat(api.ingest(BATCH, "[]").status()).isEqualTo(204);
        assertThat(refusal(EITHER, "[]")).isEqualTo("no-events");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/xml",
                "application/cloudevents",
                "application/json; charset=utf-7",
                "application/json, application/json"
            })
    void refusesOtherContentTypes(String contentType) {
        assertThat(refusal(contentType, event("1"))).isEqualTo("unsupported-media-type");
    }

    @Test
    void refusesTwoContentTypesAndNone() {
        Reply two = api.call(
                "POST",
                "/api/v1/events",
                api.admin,
                event("1"),
                "Content-Type: application/json",
                "Content-Type: application/json");
        Reply none = api.call("POST", "/api/v1/events", api.admin, event("1"));

        assertThat(two.code()).isEqualTo("unsupported-media-type");
        assertThat(none.code()).isEqualTo("unsupported-media-type");
    }

    @Test
    void refusesTheOtherFormOfBody() {
        assertThat(refusal(ONE, "[" + event("1") + "]")).isEqualTo("invalid-body");
        assertThat(refusal(BATCH, event("1"))).isEqualTo("invalid-body");
    }

    @Test
    void refusesNoBody() {
        assertThat(refusal(EITHER, "")).isEqualTo("missing-body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}x",
                "{} {}",
                "{'id':1}",
                "{\"id\":\"1\",\"id\":\"2\"}",
                "{\"n\":NaN}",
                "{\"n\":01}",
                "{\"n\":+1}",
                "{\"n\":1e999}",
                "{\"s\":\"\\ud800\"}",
                "// no\n{}"
            })
    void refusesWhatIsNoJson(String body) {
        assertThat(refusal(EITHER, body)).isEqualTo("invalid-json");
        assertThat(refusal(BATCH, "[" + event("1") + "," + body + "]")).isEqualTo("invalid-json");
        assertThat(ids()).isEmpty();
    }

    static Stream<Arguments> brokenEvents() {
        return Stream.of(
                Arguments.of("id", "", "/id"),
                Arguments.of("id", "null", "/id"),
                Arguments.of("id", "1", "/id"),
                Arguments.of("id", "\"\"", "/id"),
                Arguments.of("id", "\"" + "x".repeat(257) + "\"", "/id"),
                Arguments.of("id", "\"a\\u0000b\"", "/id"),
                Arguments.of("source", "", "/source"),
                Arguments.of("source", "\" \"", "/source"),
                Arguments.of("source", "\"%zz\"", "/source"),
                Arguments.of("specversion", "", "/specversion"),
                Arguments.of("specversion", "\"2.0\"", "/specversion"),
                Arguments.of("specversion", "1.0", "/specversion"),
                Arguments.of("type", "", "/type"),
                Arguments.of("type", "\"\"", "/type"),
                Arguments.of("subject", "", "/subject"),
                Arguments.of("subject", "\"\\n\"", "/subject"),
                Arguments.of("time", "\"2026-11-20\"", "/time"),
                Arguments.of("time", "\"2026-11-20T09:00:00\"", "/time"),
                Arguments.of("time", "\"2026-11-20t09:00:00z\"", "/time"),
                Arguments.of("time", "\"2026-11-20T09:00:60Z\"", "/time"),
                Arguments.of("time", "1763629200", "/time"),
                Arguments.of("data", "\"text\"", "/data"),
                Arguments.of("data", "[]", "/data"),
                Arguments.of("data", "1", "/data"),
                Arguments.of("datacontenttype", "\"text/plain\"", "/datacontenttype"),
                Arguments.of("dataschema", "\"\"", "/dataschema"),
                Arguments.of("data_base64", "\"e30=\"", "/data_base64"),
                Arguments.of("ext", "{}", "/ext"),
                Arguments.of("a/b", "1", "/a~1b"));
    }

    @ParameterizedTest
    @MethodSource("brokenEvents")
    void namesTheElementAndMemberThatBreaksARule(String member, String json, String field) {
        String broken = event("2", member, json);

        Reply one = api.ingest(ONE, broken);
        Reply batch = api.ingest(BATCH, "[" + event("1") + "," + broken + "]");

        assertThat(one.status()).isEqualTo(400);
        assertThat(one.code()).isEqualTo("invalid-event");
        assertThat(one.field()).isEqualTo(field);
        assertThat(batch.code()).isEqualTo("invalid-event");
        assertThat(batch.field()).isEqualTo("/1" + field);
        assertThat(batch.text("detail")).startsWith("Event 1: ").endsWith(".");
        assertThat(ids()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z"})
    void refusesEventsFromBeforeTime(String time) {
        assertThat(refusal(ONE, event("1", "time", "\"" + time + "\""))).isEqualTo("event-too-old");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:00:00Z, 2026-11-20T09:00:00Z",
        "2026-11-20T09:00:00.120Z, 2026-11-20T09:00:00.12Z",
        "2026-11-20T09:00:00.1234567891Z, 2026-11-20T09:00:00.123456Z",
        "2026-11-20T09:00:00+05:45, 2026-11-20T03:15:00Z",
        "2026-11-20T09:00:00-00:00, 2026-11-20T09:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
    })
    void keepsTimesToTheMicrosecond(String sent, String kept) {
        api.ingest(ONE, event("1", "time", "\"" + sent + "\""));

        assertThat(api.get("/api/v2/events").body()).contains("\"time\":\"" + kept + "\"");
    }

    @Test
    void tellsEveryFaultOfABatch() {
        Reply reply = api.ingest(
                BATCH,
                "[" + event("1", "id", "") + "," + event("2") + "," + event("3", "type", "") + "]");

        assertThat(reply.body()).contains("\"field\":\"/0/id\"", "\"field\":\"/2/type\"");
    }

    @Test
    void takesNullForWhatMayBeAbsentAndScalarsForExtensions() {
        String event =
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"a\","
                        + "\"time\":null,\"data\":null,\"datacontenttype\":null,\"dataschema\":null,\"ext1\":\"x\",\"Ext2\":2,\"ID\":true}";

        assertThat(api.ingest(ONE, event).status()).isEqualTo(204);
        assertThat(api.get("/api/v2/events").body())
                .contains("\"time\":\"2026-11-20T12:00:00Z\"")
                .contains("\"specversion\":\"1.0\"")
                .doesNotContain("\"data\"", "datacontenttype", "ext1");
    }

    @Test
    void refusesTooManyEventsAndTooManyBytes() {
        String events = String.join(
                ",", IntStream.range(0, 10_001).mapToObj(i -> event("" + i)).toList());
        String padding = "\"" + "x".repeat(60_000) + "\"";
        String large = "{\"data\":{"
                + String.join(
                        ",",
                        IntStream.range(0, 18)
                                .mapToObj(i -> "\"p" + i + "\":" + padding)
                                .toList())
                + "}}";

        Reply many = api.ingest(BATCH, "[" + events + "]");
        Reply one = api.ingest(ONE, large);
        Reply either = api.ingest(EITHER, large);
        Reply huge = api.ingest(BATCH, " ".repeat((5 << 20) + 1));

        assertThat(many.status()).isEqualTo(413);
        assertThat(many.code()).isEqualTo("batch-too-large");
        assertThat(one.code()).isEqualTo("body-too-large");
        assertThat(either.code()).isEqualTo("body-too-large");
        assertThat(huge.code()).isEqualTo("body-too-large");
        assertThat(ids()).isEmpty();
    }

    @Test
    void countsAnEventSentAgainOnce() {
        api.ingest(ONE, event("1"));
        api.ingest(BATCH, "[" + event("1") + "," + event("1") + "]");

        assertThat(ids()).containsExactly("1");
    }

    @Test
    void keepsNumbersExactly() {
        api.ingest(ONE, event("1", "data", "{\"b\":9007199254740993.10,\"a\":\"<&>\"}"));

        assertThat(api.get("/api/v1/events").body())
                .contains("\"data\":{\"b\":9007199254740993.1,\"a\":\"\\u003c\\u0026\\u003e\"}")
                .endsWith("\n");
    }

    @Test
    void tellsWhyMetersPassOverAnEvent() {
        api.ingest(ONE, event("1"));

        assertThat(api.get("/api/v1/events").body())
                .contains("\"validationError\":\"no meter found for event type: request\"");
    }

    @Test
    void listsTheNewestFirstAndByRange() {
        api.ingest(ONE, event("a", "time", "\"2026-11-20T09:00:00Z\""));
        api.ingest(ONE, event("b", "time", "\"2026-11-20T10:00:00Z\""));
        api.ingest(ONE, event("c", "time", "\"2026-11-20T11:00:00Z\""));

        assertThat(ids("/api/v1/events")).containsExactly("c", "b", "a");
        assertThat(ids("/api/v1/events?limit=2")).containsExactly("c", "b");
        assertThat(ids("/api/v1/events?from=2026-11-20T09:30:00Z&to=2026-11-20T11:00:00Z"))
                .containsExactly("b");
        assertThat(ids("/api/v1/events?id=a")).containsExactly("a");
        assertThat(ids("/api/v1/events?subject=nobody")).isEmpty();
        assertThat(ids("/api/v1/events?ingestedAtTo=2026-11-20T12:00:00Z")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-10-01T00:00:00Z, invalid-range",
        "from=2026-11-20T00:00:00Z&to=2026-11-19T00:00:00Z, invalid-range",
        "from=yesterday, invalid-parameter",
        "from=2026-11-20T00:00:00+01:00, invalid-parameter",
        "limit=0, invalid-parameter",
        "limit=101, invalid-parameter",
        "limit=1&limit=2, invalid-parameter",
        "limit=, invalid-parameter",
        "customerId=01KAQ3W8ZC5V7N2M4T6R9X1YHB, customers-not-supported"
    })
    void refusesAListThatCannotBe(String query, String code) {
        assertThat(api.get("/api/v1/events?" + query).code()).isEqualTo(code);
    }

    @Test
    void listsPageByPage() {
        api.ingest(BATCH, "[" + event("1") + "," + event("2") + "," + event("3") + "]");

        Reply first = api.get("/api/v2/events?limit=2");
        Reply second = api.get("/api/v2/events?limit=2&cursor=" + first.text("nextCursor"));

        assertThat(second.body()).doesNotContain("nextCursor");
        assertThat(Stream.concat(itemIds(first), itemIds(second)))
                .containsExactlyInAnyOrder("1", "2", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"subject\":{\"$eq\":\"alice\"}} | 1",
                "{\"subject\":{\"$ne\":\"alice\"}} | 2",
                "{\"subject\":{\"$in\":[\"alice\",\"bob\"]}} | 1 2",
                "{\"subject\":{\"$in\":[]}} | ''",
                "{\"subject\":{\"$nin\":[\"alice\"]}} | 2",
                "{\"id\":{\"$like\":\"_\"}} | 1 2",
                "{\"subject\":{\"$ilike\":\"AL%\"}} | 1",
                "{\"subject\":{\"$nlike\":\"al%\"}} | 2",
                "{\"subject\":{\"$gt\":\"alice\"}} | 2",
                "{\"subject\":{\"$gte\":\"alice\"}} | 1 2",
                "{\"subject\":{\"$lt\":\"bob\"}} | 1",
                "{\"subject\":{\"$lte\":\"bob\"}} | 1 2",
                "{\"subject\":{\"$and\":[{\"$gt\":\"a\"},{\"$lt\":\"b\"}]}} | 1",
                "{\"subject\":{\"$or\":[]}} | 1 2",
                "{\"subject\":{}} | 1 2",
                "{\"time\":{\"$lt\":\"2026-11-20T10:00:00Z\"}} | 1",
                "{\"time\":{\"$gte\":\"2026-11-20T10:00:00Z\"}} | 2",
                "{\"unknown\":{\"$eq\":\"x\"}} | 1 2",
                "{} | 1 2"
            })
    void filters(String filter, String ids) {
        api.ingest(ONE, event("1", "time", "\"2026-11-20T09:00:00Z\""));
        api.ingest(ONE, event("2", "time", "\"2026-11-20T10:00:00Z\"").replace("alice", "bob"));

        List<String> expected = ids.isEmpty() ? List.of() : List.of(ids.split(" ", -1));
        assertThat(itemIds(api.get("/api/v2/events?filter=" + Encoded.of(filter))))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter={\"id\":{\"$eq\":\"a\",\"$ne\":\"b\"}} | invalid-filter",
                "filter={\"id\":{\"$near\":\"a\"}} | invalid-filter",
                "filter={\"id\":{\"$eq\":1}} | invalid-filter",
                "filter={\"id\":{\"$and\":[{\"$or\":[]}]}} | invalid-filter",
                "filter={\"time\":{\"$gt\":\"now\"}} | invalid-filter",
                "filter={\"customerId\":{\"$in\":[\"x\"]}} | customers-not-supported",
                "filter={ | invalid-json",
                "filter=[] | invalid-parameter",
                "cursor=abc | invalid-cursor",
                "cursor=%C3%A9 | invalid-cursor",
                "limit=1000 | invalid-parameter"
            })
    void refusesAFilterThatCannotBe(String query, String code) {
        assertThat(api.get("/api/v2/events?" + query.replace("\"", "%22")).code())
                .isEqualTo(code);
    }

    private String refusal(String contentType, String body) {
        Reply reply = api.ingest(contentType, body);
        assertThat(reply.status()).isEqualTo(400);
        return reply.code();
    }

    private List<String> ids() {
        return itemIds(api.get("/api/v2/events")).toList();
    }

    private List<String> ids(String target) {
        return api.get(target).items().stream().map(EventRoutesTest::id).toList();
    }

    private static Stream<String> itemIds(Reply reply) {
        return ((Json.Arr) reply.member("items")).items().stream().map(EventRoutesTest::id);
    }

    private static String id(Json item) {
        Map<String, Json> event = ((Json.Obj) ((Json.Obj) item).members().get("event")).members();
        return ((Json.Text) event.get("id")).value();
    }

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"source\":\"tests\",\"type\":\"request\",\"subject\":\"alice\"}";
    }

    /** The same with one member that is other JSON, or, if that is empty, is not there. */
    private static String event(String id, String member, String json) {
        String whole = event(id);
        String without =
                whole.replaceFirst("\"" + member + "\":\"[^\"]*\",?", "").replace(",}", "}");
        return json.isEmpty()
                ? without
                : without.substring(0, without.length() - 1) + ",\"" + member + "\":" + json + "}";
    }
}
