package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.EVENT;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.Threat;
import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The holder of a portal token tries to see more than the token is for. */
class ThreatsBTest {
    private static final String METER = "/api/v1/portal/meters/tokens/query";
    private static final List<String> SUBJECTS = List.of(
            "cust-1",
            "cust-10",
            "CUST-1",
            "cust-1 ",
            "cust%1",
            "cust_1",
            "cust%",
            "%",
            "_",
            "cust'1",
            "cust\"1",
            "cust\\1",
            "' or '1'='1",
            "cafe\u0301",
            "caf\u00e9",
            "\ud83d\ude00",
            "\ud83d\ude01",
            "straße",
            "strasse",
            "i",
            "I",
            "\u0131",
            "\u0130",
            "x".repeat(1_024),
            "x".repeat(1_023));

    @TempDir
    private static Path data;

    private static TestApp app;

    /** Each subject's sum is a power of two of its own, so that any sum tells whose it is. */
    @BeforeAll
    static void fill() {
        app = TestApp.start(data);
        app.admin().post("/api/v1/meters", """
                {"slug":"tokens","aggregation":"SUM","eventType":"prompt","valueProperty":"$.n",\
                "groupBy":{"model":"$.model"}}""");
        app.admin().post("/api/v1/meters", """
                {"slug":"other","aggregation":"COUNT","eventType":"prompt"}""");
        JsonWriter batch = JsonWriter.plain().beginArray();
        for (int i = 0; i < SUBJECTS.size(); i++) {
            batch.beginObject()
                    .name("specversion")
                    .value("1.0")
                    .name("id")
                    .value("e" + i)
                    .name("source")
                    .value("test")
                    .name("type")
                    .value("prompt")
                    .name("subject")
                    .value(SUBJECTS.get(i))
                    .name("time")
                    .value("2026-03-05T10:00:00Z")
                    .name("data")
                    .beginObject()
                    .name("n")
                    .value(BigDecimal.TWO.pow(i))
                    .name("model")
                    .value("m" + i % 3)
                    .endObject()
                    .endObject();
        }
        String body = new String(batch.endArray().toBytes(), StandardCharsets.UTF_8);
        assertThat(app.admin().ingest(BATCH, body).status()).isEqualTo(204);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Threat("B10")
    @Test
    void subjectsAreEqualOnlyIfAllTheirBytesAre() {
        for (int i = 0; i < SUBJECTS.size(); i++) {
            Reply reply = of(SUBJECTS.get(i)).get(METER);

            assertThat(reply.values())
                    .as("the usage of %s", SUBJECTS.get(i))
                    .containsExactly(BigDecimal.TWO.pow(i).toPlainString());
        }
        assertThat(of("Cust-1").get(METER).rows()).isEmpty();
        assertThat(of("cust-").get(METER).rows()).isEmpty();
    }

    @Threat({"B2", "B3"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "filterGroupBy[subject]=cust-10",
                "filterGroupBy[customer_id]=cust-10",
                "filterGroupBy[$subject]=cust-10",
                "filterGroupBy[]=cust-10",
                "filterGroupBy=cust-10",
                "filterCustomerId=cust-10",
                "customerId=cust-10",
                "groupBy=customer_id",
                "advancedMeterGroupByFilters={\"subject\":{\"$eq\":\"cust-10\"}}"
            })
    void whatWouldFilterByTheSubjectIsRefused(String query) {
        assertThat(of("cust-1").get(METER + "?" + encoded(query)).status()).isEqualTo(400);
        assertThat(of("cust-1").get(METER + "?groupBy=subject").body())
                .isEqualTo(of("cust-1").get(METER).body());
    }

    @Threat("B11")
    @Test
    void aFilterOnlyNarrows() {
        Random random = new Random(7);
        List<String> operands =
                List.of("m0", "m1", "m2", "", "m", "%", "_", "*", "m%", "M0", "\\%", "zz");
        List<String> operators = List.of(
                "$eq", "$ne", "$like", "$nlike", "$ilike", "$nilike", "$gt", "$gte", "$lt", "$lte");
        for (int i = 0; i < 100; i++) {
            String filter = "{\"model\":{\"%s\":\"%s\"}}"
                    .formatted(
                            operators.get(random.nextInt(operators.size())),
                            operands.get(random.nextInt(operands.size())).replace("\\", "\\\\"));
            int who = random.nextInt(SUBJECTS.size());

            Reply reply = of(SUBJECTS.get(who))
                    .get(METER + "?advancedMeterGroupByFilters=" + url(filter));

            assertThat(reply.status()).as(filter).isEqualTo(200);
            assertThat(reply.values())
                    .as("%s of %s", filter, SUBJECTS.get(who))
                    .isSubsetOf(BigDecimal.TWO.pow(who).toPlainString());
        }
    }

    @Threat({"B5", "B6", "B7", "B9"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../other",
                "..%2fother",
                "%2e%2e/other",
                "%2e%2e%2fother",
                "%252e%252e%252fother",
                "./other",
                "other;x=1",
                "tokens;subject=cust-10",
                "other%00",
                "%00other",
                "other%20",
                "other.",
                "other\\",
                "Other",
                "OTHER",
                "\u00efother",
                "%C3%AFother",
                "%EF%BC%AFther",
                "o%CC%82ther",
                "%E2%80%8Bother",
                "%E2%80%AEother",
                "%C4%B1ther",
                "other%FF",
                "%80",
                "other%0d%0aX:1",
                "other/",
                "/other",
                "%2fother",
                "o%74her%2fquery%3f"
            })
    void noSpellingOfAPathLeadsToAMeterThatTheTokenDoesNotAllow(String slug) {
        String token = app.token("{\"subject\":\"cust-1\",\"allowedMeterSlugs\":[\"tokens\"]}")
                .credential()
                .orElseThrow();
        String target = "/api/v1/portal/meters/" + slug + "/query";

        String received = RawHttp.send(
                app.app().url().getPort(),
                RawHttp.request("GET", target, "Authorization: Bearer " + token));

        assertThat(RawHttp.status(received)).isIn(400, 403, 404);
        assertThat(received).doesNotContain("\"value\"", "other", "Other");
    }

    @Threat("B8")
    @Test
    void aTokenForOneMeterIsToldTheSameOfAnotherAndOfNone() {
        Api one = app.token("{\"subject\":\"cust-1\",\"allowedMeterSlugs\":[\"tokens\"]}");
        for (String end : List.of("query", "query?windowSize=DAY", "group-by/model/values")) {
            Reply another = one.get("/api/v1/portal/meters/other/" + end);
            Reply none = one.get("/api/v1/portal/meters/nowhere/" + end);

            assertThat(another.status()).as(end).isEqualTo(403);
            assertThat(withoutIds(another.body())).isEqualTo(withoutIds(none.body()));
            assertThat(another.header("WWW-Authenticate"))
                    .isEqualTo(none.header("WWW-Authenticate"));
        }
        assertThat(one.get(METER).values()).containsExactly("1");
        assertThat(one.get("/api/v1/portal/meters").body()).doesNotContain("other");
    }

    private static String withoutIds(String body) {
        return body.replaceAll("[0-9A-HJKMNP-TV-Z]{26}", "ID");
    }

    @Threat("B5")
    @Test
    void aPathThatIsSpelledOtherwiseIsStillTheSameMeterOrNone() {
        String token = of("cust-1").credential().orElseThrow();
        int port = app.app().url().getPort();
        for (String target : List.of(
                "http://evil.example" + METER,
                "/api/v1/portal/meters/t%6Fkens/query",
                METER + "?")) {
            String received = RawHttp.send(
                    port, RawHttp.request("GET", target, "Authorization: Bearer " + token));

            assertThat(RawHttp.status(received)).as(target).isEqualTo(200);
            assertThat(RawHttp.body(received)).contains("\"value\":1,").doesNotContain("evil");
        }
        for (String target : List.of(
                "//api/v1/portal/meters/tokens/query",
                "/api//v1/portal/meters/tokens/query",
                "/api/./v1/portal/meters/tokens/query",
                "/api/v1/portal/../portal/meters/tokens/query",
                METER + "/",
                "/api/v1/portal/meters/tokens%2fquery")) {
            String received = RawHttp.send(
                    port, RawHttp.request("GET", target, "Authorization: Bearer " + token));

            assertThat(RawHttp.status(received)).as(target).isEqualTo(404);
        }
    }

    @Threat("B15")
    @Test
    void aTableHasTheNumbersOfTheAnswerAndNoOthers() {
        for (String query : List.of("", "?windowSize=DAY", "?groupBy=model")) {
            List<String> cells = new ArrayList<>();
            of("cust-1")
                    .csv(METER + query)
                    .body()
                    .lines()
                    .skip(1)
                    .forEach(line -> cells.add(line.substring(line.lastIndexOf(',') + 1)));

            assertThat(cells).isEqualTo(of("cust-1").get(METER + query).values());
        }
    }

    @Threat({"B14", "B17"})
    @Test
    void aMeterThatIsDeletedIsGoneForTheVeryNextRequest() {
        app.admin().post("/api/v1/meters", """
                {"slug":"brief","aggregation":"COUNT","eventType":"prompt"}""");
        Api free = of("cust-1");
        Api bound = app.token("{\"subject\":\"cust-1\",\"allowedMeterSlugs\":[\"brief\"]}");
        String brief = "/api/v1/portal/meters/brief/query";
        int before = bound.get(brief).status();

        app.admin().delete("/api/v1/meters/brief");

        assertThat(before).isEqualTo(200);
        assertThat(free.get(brief).status()).isEqualTo(404);
        assertThat(bound.get(brief).status()).isEqualTo(403);
    }

    /** A token shows all of its subject, so a key is erased before another customer gets it. */
    @Threat("B12")
    @Test
    void aKeyGivenToAnotherShowsNothingOfTheOneWhoWasErased() {
        String all = METER + "?from=1970-01-01T00:00:00Z&windowSize=DAY";
        String first = event("first", "prompt", "given", "2020-01-01T10:00:00Z", "{\"n\":3}");
        String second = event("second", "prompt", "given", "2026-03-05T10:00:00Z", "{\"n\":5}");
        assertThat(app.admin().ingest(EVENT, first).status()).isEqualTo(204);
        Api predecessor = of("given");
        assertThat(predecessor.get(all).values()).containsExactly("3");

        Reply erased = app.admin().post("/api/v1/subjects/given/erase", "{\"confirm\":\"given\"}");
        assertThat(app.admin().ingest(EVENT, second).status()).isEqualTo(204);

        assertThat(erased.status()).isEqualTo(200);
        assertThat(of("given").get(all).values()).containsExactly("5");
        assertThat(predecessor.get(all).status()).isEqualTo(401);
    }

    private static Api of(String subject) {
        Json.Obj body = new Json.Obj(Map.of("subject", new Json.Text(subject)));
        return app.token(io.meterport.adapters.json.JsonPrinter.text(body));
    }

    private static String encoded(String query) {
        int at = query.indexOf('=');
        return query.substring(0, at).replace("[", "%5B").replace("]", "%5D").replace("$", "%24")
                + "=" + url(query.substring(at + 1));
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
