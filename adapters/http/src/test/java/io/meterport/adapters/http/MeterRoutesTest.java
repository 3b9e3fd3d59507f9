package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions of meters. */
final class MeterRoutesTest {
    private static final String METERS = "/api/v1/meters";
    private static final String TOKENS = """
            {"slug":"tokens","aggregation":"SUM","eventType":"request","valueProperty":"$.n",\
            "groupBy":{"model":"$.model","a":"$['a b']"},"metadata":{"z":"1","a":"<2>"},\
            "description":"Tokens","eventFrom":"2026-01-01T01:00:00.5+01:00"}""";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsAMeterAndAnswers200() {
        Reply reply = api.post(METERS, TOKENS);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.body())
                .isEqualTo(
                        "{\"id\":\"" + reply.text("id")
                                + "\",\"slug\":\"tokens\",\"name\":\"tokens\","
                                + "\"description\":\"Tokens\",\"aggregation\":\"SUM\",\"eventType\":\"request\","
                                + "\"eventFrom\":\"2026-01-01T00:00:00.5Z\",\"valueProperty\":\"$.n\","
                                + "\"groupBy\":{\"model\":\"$.model\",\"a\":\"$['a b']\"},"
                                + "\"metadata\":{\"z\":\"1\",\"a\":\"\\u003c2\\u003e\"},\"annotations\":null,"
                                + "\"createdAt\":\"2026-11-20T12:00:00Z\",\"updatedAt\":\"2026-11-20T12:00:00Z\"}\n");
    }

    @Test
    void leavesOutWhatAMeterDoesNotHave() {
        Reply reply = api.post(METERS, count("calls"));

        assertThat(reply.body())
                .contains("\"metadata\":null,\"annotations\":null")
                .doesNotContain(
                        "description",
                        "valueProperty",
                        "groupBy",
                        "eventFrom",
                        "deletedAt",
                        "building");
    }

    @Test
    void findsAMeterBySlugAndById() {
        String id = api.post(METERS, TOKENS).text("id");

        assertThat(api.get(METERS + "/tokens").text("id")).isEqualTo(id);
        assertThat(api.get(METERS + "/" + id).text("slug")).isEqualTo("tokens");
        assertThat(api.get(METERS + "/" + id.toLowerCase(Locale.ROOT)).text("slug"))
                .isEqualTo("tokens");
        assertThat(api.get(METERS + "/other").code()).isEqualTo("unknown-meter");
        assertThat(api.get(METERS + "/No-Slug").code()).isEqualTo("invalid-parameter");
    }

    @Test
    void replacesWhatMayChange() {
        api.post(METERS, TOKENS);
        api.time.pass(Duration.ofMinutes(1));

        Reply reply = api.put(
                METERS + "/tokens", "{\"metadata\":null,\"slug\":\"x\",\"aggregation\":\"MAX\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("name")).isEqualTo("tokens");
        assertThat(reply.text("description")).isEqualTo("Tokens");
        assertThat(reply.text("aggregation")).isEqualTo("SUM");
        assertThat(reply.text("updatedAt")).isEqualTo("2026-11-20T12:01:00Z");
        assertThat(reply.body()).contains("\"metadata\":null").doesNotContain("groupBy");
    }

    @Test
    void deletesAMeterOnceBySlugAndAlwaysById() {
        String id = api.post(METERS, TOKENS).text("id");

        assertThat(api.delete(METERS + "/tokens").status()).isEqualTo(204);
        assertThat(api.delete(METERS + "/tokens").code()).isEqualTo("unknown-meter");
        assertThat(api.delete(METERS + "/" + id).status()).isEqualTo(204);
        assertThat(api.get(METERS + "/tokens").status()).isEqualTo(404);
        assertThat(api.get(METERS + "/" + id).text("deletedAt")).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(api.post(METERS, TOKENS).status()).isEqualTo(200);
    }

    @Test
    void refusesASlugThatIsTaken() {
        api.post(METERS, TOKENS);

        Reply reply = api.post(METERS, TOKENS);

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("meter-exists");
    }

    @Test
    void leavesDeclaredMetersToTheConfiguration() {
        api.post(METERS, count("declared"));

        assertThat(api.delete(METERS + "/declared").code()).isEqualTo("declared-meter");
        assertThat(api.put(METERS + "/declared", "{}").code()).isEqualTo("declared-meter");
    }

    static Stream<Arguments> brokenMeters() {
        return Stream.of(
                Arguments.of("[]", "invalid-body", ""),
                Arguments.of(
                        "{\"aggregation\":\"COUNT\",\"eventType\":\"t\"}", "invalid-body", "/slug"),
                Arguments.of(
                        "{\"slug\":1,\"aggregation\":\"COUNT\",\"eventType\":\"t\"}",
                        "invalid-body",
                        "/slug"),
                Arguments.of(
                        "{\"slug\":\"A\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}",
                        "invalid-slug",
                        "/slug"),
                Arguments.of(
                        "{\"slug\":\"a\",\"eventType\":\"t\"}", "invalid-body", "/aggregation"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"sum\",\"eventType\":\"t\"}",
                        "invalid-body",
                        "/aggregation"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"SUM\",\"eventType\":\"t\"}",
                        "invalid-meter",
                        "/valueProperty"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"COUNT\",\"eventType\":\"t\",\"valueProperty\":\"$.n\"}",
                        "invalid-meter",
                        "/valueProperty"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"SUM\",\"eventType\":\"t\",\"valueProperty\":\"n')) --\"}",
                        "invalid-path",
                        "/valueProperty"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"SUM\",\"eventType\":\"t\",\"valueProperty\":null}",
                        "invalid-body",
                        "/valueProperty"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"COUNT\",\"eventType\":\"t\",\"groupBy\":{\"subject\":\"$.s\"}}",
                        "invalid-dimension",
                        "/groupBy"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"COUNT\",\"eventType\":\"t\",\"groupBy\":{\"s\":1}}",
                        "invalid-body",
                        "/groupBy/s"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"COUNT\",\"eventType\":\"t\",\"metadata\":{\"s\":1}}",
                        "invalid-body",
                        "/metadata/s"),
                Arguments.of(
                        "{\"slug\":\"a\",\"aggregation\":\"COUNT\",\"eventType\":\"t\",\"eventFrom\":\"2026\"}",
                        "invalid-body",
                        "/eventFrom"));
    }

    @ParameterizedTest
    @MethodSource("brokenMeters")
    void refusesAMeterThatCannotBe(String body, String code, String field) {
        Reply reply = api.post(METERS, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.field()).isEqualTo(field);
        assertThat(api.get(METERS).body()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'', a b c",
        "?order=DESC, c b a",
        "?orderBy=name, a b c",
        "?orderBy=createdAt&order=DESC, a c b",
        "?pageSize=2, a b",
        "?pageSize=2&page=2, c",
        "?page=9, ''"
    })
    void listsInTheOrderAskedFor(String query, String slugs) {
        for (String slug : List.of("b", "c", "a")) {
            api.post(METERS, count(slug));
            api.time.pass(Duration.ofSeconds(1));
        }

        String listed = String.join(" ", slugs(api.get(METERS + query)));

        assertThat(listed).isEqualTo(slugs);
    }

    @Test
    void listsDeletedMetersIfAskedTo() {
        api.post(METERS, count("gone"));
        api.delete(METERS + "/gone");

        assertThat(slugs(api.get(METERS))).isEmpty();
        assertThat(slugs(api.get(METERS + "?includeDeleted=true"))).containsExactly("gone");
    }

    @ParameterizedTest
    @CsvSource({
        "page=0",
        "pageSize=1001",
        "order=asc",
        "orderBy=slug",
        "includeDeleted=1",
        "page=1&page=1",
        "page=99999999999"
    })
    void refusesAListThatCannotBe(String query) {
        assertThat(api.get(METERS + "?" + query).code()).isEqualTo("invalid-parameter");
    }

    private static List<String> slugs(Reply reply) {
        return reply.items().stream()
                .map(item -> ((Json.Text) ((Json.Obj) item).members().get("slug")).value())
                .toList();
    }

    private static String count(String slug) {
        return "{\"slug\":\"" + slug + "\",\"aggregation\":\"COUNT\",\"eventType\":\"request\"}";
    }
}
