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

/** Operators' questions about usage: parameters in, JSON and CSV out. */
final class UsageRoutesTest {
    private static final String QUERY = "/api/v1/meters/tokens/query";

    private final Api api = new Api();

    @BeforeEach
    void fill() {
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"tokens\",\"aggregation\":\"SUM\",\"eventType\":\"request\",\"valueProperty\":\"$.n\","
                        + "\"groupBy\":{\"model\":\"$.model\",\"tier\":\"$.tier\"}}");
        send("1", "alice", "2026-11-19T23:30:00Z", "{\"n\":1.5,\"model\":\"a,b\",\"tier\":\"=1\"}");
        send(
                "2",
                "alice",
                "2026-11-20T09:00:00Z",
                "{\"n\":\"100000000000000000000.000000001\",\"model\":\"<m>\"}");
        send("3", "bob", "2026-11-20T09:10:00Z", "{\"n\":2,\"model\":\"a,b\"}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void answersOneTotal() {
        Reply reply = api.get(QUERY);

        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.body()).isEqualTo("""
                {"data":[{"value":100000000000000000003.500000001,"windowStart":"2026-11-19T23:30:00Z",\
                "windowEnd":"2026-11-20T09:11:00Z","subject":null,"groupBy":{}}]}
                """);
    }

    @Test
    void repeatsTheRangeWithTheOffsetOfTheRequestAndWindowsWithThatOfTheZone() {
        Reply reply =
                api.get(QUERY + "?from=2026-11-20T00:00:00.50%2B01:00&to=2026-11-21T00:00:00-03:30"
                        + "&windowSize=DAY&windowTimeZone=Asia/Kathmandu&groupBy=model");

        assertThat(reply.body()).isEqualTo("""
                {"from":"2026-11-20T00:00:00.5+01:00","to":"2026-11-21T00:00:00-03:30","windowSize":"DAY","data":[\
                {"value":100000000000000000000.000000001,"windowStart":"2026-11-20T00:00:00+05:45",\
                "windowEnd":"2026-11-21T00:00:00+05:45","subject":null,"groupBy":{"model":"\\u003cm\\u003e"}},\
                {"value":3.5,"windowStart":"2026-11-20T00:00:00+05:45","windowEnd":"2026-11-21T00:00:00+05:45",\
                "subject":null,"groupBy":{"model":"a,b"}}]}
                """);
    }

    @Test
    void tellsSubjectsApartOnceTheyAreNamed() {
        assertThat(values("?subject=alice&subject=bob&windowSize=MONTH")).hasSize(2);
        assertThat(api.get(QUERY + "?subject=bob").body())
                .contains("\"value\":2,")
                .contains("\"subject\":\"bob\"");
        assertThat(values("?groupBy=subject")).hasSize(2);
        assertThat(values("?subject=nobody")).isEmpty();
        assertThat(values("?subject=alice%2Cbob")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "?groupBy=model&groupBy=tier, 3",
        "?groupBy=model%2Ctier, 3",
        "?groupBy=model&groupBy=model, 2",
        "?filterGroupBy[model]=a%2Cb, 1",
        "?filterGroupBy%5Bmodel%5D=a%2Cb, 1",
        "?filterGroupBy[model]=none, 0",
        "?filterGroupBy[tier]=&groupBy=subject, 2",
        "?filterGroupBy[tier]=&filterGroupBy[model]=a%2Cb&groupBy=subject, 1",
        "?advancedMeterGroupByFilters=%7B%22model%22:%7B%22$ne%22:%22x%22%7D%7D&groupBy=model, 2",
        "?advancedMeterGroupByFilters={\"model\":{\"$like\":\"a%25\"}}&groupBy=model, 1",
        "?advancedMeterGroupByFilters={}, 1",
        "?filterGroupByOther=x&clientId=abc&unknown[]=1, 1",
        "?from=2026-11-20T09:00:00Z&to=2026-11-20T09:00:00.000001Z, 1",
        "?windowTimeZone=America/New_York, 1"
    })
    void takesParametersAsClientsSendThem(String query, int rows) {
        assertThat(values(query)).hasSize(rows);
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-11-20, invalid-parameter",
        "from=, invalid-parameter",
        "from=2026-11-20T09:00Z, invalid-parameter",
        "from=2026-11-20T09:00:00, invalid-parameter",
        "from=2026-11-20t09:00:00z, invalid-parameter",
        "from=2026-02-30T09:00:00Z, invalid-parameter",
        "from=2026-11-20T24:00:00Z, invalid-parameter",
        "from=2026-11-20T09:00:00%2B19:00, invalid-parameter",
        "from=2026-11-20T09:00:00%2B01:60, invalid-parameter",
        "from=2026-11-20T09:00:00.Z, invalid-parameter",
        "from=2026-11-20T09:00:00Z&from=2026-11-20T09:00:00Z, invalid-parameter",
        "from=2026-11-20T09:00:00Z&to=2026-11-20T09:00:00Z, invalid-range",
        "from=2026-11-20T10:00:00Z&to=2026-11-20T09:00:00Z, invalid-range",
        "windowSize=day, invalid-parameter",
        "windowSize=WEEK, invalid-parameter",
        "windowSize=DAY&windowSize=DAY, invalid-parameter",
        "windowTimeZone=Mars/Olympus, invalid-time-zone",
        "windowTimeZone=GMT%2B99, invalid-time-zone",
        "windowTimeZone=%2B02:00, invalid-time-zone",
        "windowTimeZone=../../etc/passwd, invalid-time-zone",
        "windowTimeZone=, invalid-time-zone",
        "groupBy=color, unknown-dimension",
        "groupBy=' OR 1=1, unknown-dimension",
        "groupBy=, unknown-dimension",
        "groupBy=customer_id, customers-not-supported",
        "filterCustomerId=x, customers-not-supported",
        "customerId=x, customers-not-supported",
        "filterGroupBy[color]=x, unknown-dimension",
        "filterGroupBy[model]=a&filterGroupBy[model]=b, invalid-parameter",
        "filterGroupBy=%5Bobject+Object%5D, invalid-parameter",
        "filterGroupBy[model]=a&advancedMeterGroupByFilters={}, conflicting-parameters",
        "advancedMeterGroupByFilters=x, invalid-json",
        "advancedMeterGroupByFilters=[], invalid-filter",
        "advancedMeterGroupByFilters=%7B%22color%22:%7B%7D%7D, unknown-dimension",
        "subject=, invalid-subject",
        "subject=%00, invalid-subject",
        "subject=%ff, malformed-request",
        "subject=%zz, malformed-request",
        "from=%, malformed-request"
    })
    void refusesParametersThatCannotBe(String query, String code) {
        Reply reply = api.get(QUERY + "?" + query.replace(" ", "+"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.text("detail")).endsWith(".").doesNotContain("etc", "color'", "OR 1");
    }

    @Test
    void refusesMoreNamesThanAnybodyNeeds() {
        assertThat(api.get(QUERY + "?" + "subject=s&".repeat(101)).code())
                .isEqualTo("invalid-parameter");
    }

    @Test
    void asksTheSameWithABody() {
        assertThat(api.post(QUERY, "{}").body()).isEqualTo(api.get(QUERY).body());
        assertThat(api.post(QUERY, "{\"subject\":[],\"windowSize\":\"MONTH\"}").body())
                .isEqualTo(api.get(QUERY + "?groupBy=subject&windowSize=MONTH").body());
        assertThat(api.post(
                                QUERY,
                                "{\"filterGroupBy\":{\"model\":[\"a,b\",\"x\"],\"tier\":[]},\"groupBy\":[\"subject\"]}")
                        .body())
                .isEqualTo(api.get(QUERY + "?filterGroupBy[model]=a%2Cb&groupBy=subject")
                        .body());
        assertThat(api.post(
                                QUERY,
                                "{\"from\":\"2026-11-20T10:00:00+01:00\",\"subject\":[\"bob\"],"
                                        + "\"advancedMeterGroupByFilters\":{\"model\":{\"$in\":[\"a,b\"]}}}")
                        .body())
                .contains("\"from\":\"2026-11-20T10:00:00+01:00\"", "\"value\":2,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"from\":null} | invalid-body",
                "{\"from\":\"now\"} | invalid-body",
                "{\"windowSize\":\"WEEK\"} | invalid-body",
                "{\"windowTimeZone\":\"Mars\"} | invalid-time-zone",
                "{\"subject\":\"alice\"} | invalid-body",
                "{\"subject\":[\"\"]} | invalid-subject",
                "{\"groupBy\":[1]} | invalid-body",
                "{\"groupBy\":[\"color\"]} | unknown-dimension",
                "{\"filterGroupBy\":{\"model\":\"a\"}} | invalid-body",
                "{\"filterGroupBy\":{},\"advancedMeterGroupByFilters\":{}} | conflicting-parameters",
                "{\"filterCustomerId\":[\"x\"]} | customers-not-supported",
                "[] | invalid-body",
                "null | invalid-body"
            })
    void refusesABodyThatCannotBe(String body, String code) {
        Reply reply = api.post(QUERY, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "text/csv; charset=utf-8", "TEXT/CSV;q=0.5"})
    void answersCsvToWhoeverAcceptsItAlone(String accept) {
        Reply reply = api.get(QUERY + "?groupBy=model", api.admin, "Accept: " + accept);

        assertThat(reply.header("Content-Type")).contains("text/csv");
        assertThat(reply.header("Content-Disposition")).contains("attachment; filename=tokens.csv");
        assertThat(reply.header("Content-Security-Policy")).contains("sandbox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "text/*",
                "text/csv, application/json",
                "text/csv;q=0",
                "text/csv;q=0, application/json",
                "text/csvx",
                "text",
                ";;;"
            })
    void answersJsonToEverybodyElse(String accept) {
        assertThat(api.get(QUERY, api.admin, "Accept: " + accept).header("Content-Type"))
                .contains("application/json");
    }

    @Test
    void answersJsonToTwoAcceptHeaders() {
        Reply reply = api.get(QUERY, api.admin, "Accept: text/csv", "Accept: text/csv");

        assertThat(reply.header("Content-Type")).contains("application/json");
    }

    @Test
    void writesCsvThatNoSpreadsheetTakesForAFormula() {
        api.post("/api/v1/subjects", "[{\"key\":\"alice\",\"displayName\":\"Alice \\\"A\\\"\"}]");

        Reply reply = api.get(
                QUERY + "?groupBy=tier&groupBy=subject&groupBy=model",
                api.admin,
                "Accept: text/csv");

        assertThat(reply.body()).isEqualTo("""
                window_start,window_end,subject,subject_display_name,tier,model,value
                2026-11-19T23:30:00Z,2026-11-19T23:31:00Z,alice,"Alice ""A""\","'=1","a,b",1.5
                2026-11-20T09:00:00Z,2026-11-20T09:01:00Z,alice,"Alice ""A""\",,<m>,100000000000000000000.000000001
                2026-11-20T09:10:00Z,2026-11-20T09:11:00Z,bob,,,"a,b",2
                """);
    }

    @Test
    void leavesCellsAsTheyAreForOperatorsProgramsOnly() {
        String question = "?groupBy=tier&from=2026-11-19T00:00:00Z&to=2026-11-20T00:00:00Z";
        String raw = question + "&csvRaw=true";
        String portal = "/api/v1/portal/meters/tokens/query";

        assertThat(api.get(QUERY + raw, api.admin, "Accept: text/csv").body()).contains(",=1,1.5");
        assertThat(api.get(portal + raw, api.token("alice"), "Accept: text/csv").body())
                .isEqualTo(api.get(portal + question, api.token("alice"), "Accept: text/csv")
                        .body())
                .contains(",\"'=1\",1.5");
        assertThat(api.get(QUERY + "?csvRaw=maybe").status()).isEqualTo(400);
    }

    @Test
    void answersHeadOfACsvWithItsLength() {
        Reply whole = api.get(QUERY, api.admin, "Accept: text/csv");
        Reply head = api.call("HEAD", QUERY, api.admin, "", "Accept: text/csv");

        assertThat(head.header("Content-Length")).contains("" + whole.body().length());
        assertThat(head.header("Content-Type")).contains("text/csv");
    }

    @Test
    void writesTheHeaderOfAnEmptyCsv() {
        Reply total = api.get(QUERY + "?filterGroupBy[model]=none", api.admin, "Accept: text/csv");
        Reply apart = api.get(QUERY + "?subject=nobody", api.admin, "Accept: text/csv");

        assertThat(total.body()).isEqualTo("window_start,window_end,value\n");
        assertThat(apart.body()).isEqualTo("window_start,window_end,subject,value\n");
    }

    @Test
    void namesTheCsvByTheSlugAlsoIfAskedById() {
        String id = api.get("/api/v1/meters/tokens").text("id");

        Reply reply = api.get("/api/v1/meters/" + id + "/query", api.admin, "Accept: text/csv");

        assertThat(reply.header("Content-Disposition")).contains("attachment; filename=tokens.csv");
    }

    @Test
    void listsSubjectsAndValuesOfAMeter() {
        assertThat(api.get("/api/v1/meters/tokens/subjects").body())
                .isEqualTo("[\"alice\",\"bob\"]\n");
        assertThat(api.get("/api/v1/meters/tokens/subjects?from=2026-11-20T09:10:00Z")
                        .body())
                .isEqualTo("[\"bob\"]\n");
        assertThat(api.get("/api/v1/meters/tokens/group-by/model/values").body())
                .isEqualTo("[\"\\u003cm\\u003e\",\"a,b\"]\n");
        assertThat(api.get("/api/v1/meters/tokens/group-by/tier/values").body())
                .isEqualTo("[\"\",\"=1\"]\n");
        assertThat(api.get("/api/v1/meters/tokens/group-by/color/values").code())
                .isEqualTo("unknown-dimension");
        assertThat(api.get("/api/v1/meters/tokens/group-by/model/values?from=2026-01-01T00:00:00Z")
                        .code())
                .isEqualTo("invalid-range");
        assertThat(api.get("/api/v1/meters/none/subjects").code()).isEqualTo("unknown-meter");
        assertThat(api.get("/api/v1/meters/none/query").code()).isEqualTo("unknown-meter");
    }

    private List<Json> values(String query) {
        Reply reply = api.get(QUERY + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return ((Json.Arr) reply.member("data")).items();
    }

    private void send(String id, String subject, String time, String data) {
        Reply reply = api.ingest(
                "application/json",
                "{\"specversion\":\"1.0\",\"id\":\"" + id
                        + "\",\"source\":\"tests\",\"type\":\"request\",\"subject\":\"" + subject
                        + "\",\"time\":\"" + time + "\",\"data\":" + data + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(204);
    }
}
