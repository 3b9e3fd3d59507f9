package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a usage page shows, in one call. It is noon in UTC and morning in New York. */
final class PortalDashboardTest {
    private static final String QUERY = "/api/v1/portal/query";

    private final Api api = new Api();
    private String token;

    @BeforeEach
    void fill() {
        api.meter("tokens", "SUM", "n", "model", "tier");
        api.meter("calls", "COUNT", "", "model");
        api.meter("users", "UNIQUE_COUNT", "user", "model");
        api.meter("level", "LATEST", "n", "model");
        api.meter("average", "AVG", "n", "model");
        api.meter("least", "MIN", "n", "model");
        api.meter("most", "MAX", "n", "model");
        token = api.token("alice");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void answersSeveralMetersAtOnce() {
        event("1", "2026-11-20T09:30:00Z", "a", "1.5", "x");
        event("2", "2026-11-20T11:00:00Z", "b", "2", "y");
        api.event("3", "bob", "2026-11-20T11:00:00Z", "{\"n\":1000,\"model\":\"a\"}");

        Reply reply = api.page(token, """
                {"period":{"from":"2026-11-20T09:00:00Z","to":"2026-11-20T12:00:00Z"},"windowSize":"HOUR",
                 "meters":[{"meter":"tokens","groupBy":["model"]},{"meter":"calls"}]}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.body()).isEqualTo("""
                {"subject":"alice","from":"2026-11-20T09:00:00Z","to":"2026-11-20T12:00:00Z","timeZone":"UTC",\
                "windowSize":"HOUR","asOf":"2026-11-20T12:00:00Z","completeUntil":"2026-11-20T12:00:00Z","meters":[\
                {"meter":"tokens","name":"tokens","aggregation":"SUM","groupBy":["model"],\
                "total":{"value":3.5,"exact":"3.5"},"windows":[\
                {"windowStart":"2026-11-20T09:00:00Z","windowEnd":"2026-11-20T10:00:00Z","partial":false,"value":1.5,"exact":"1.5"},\
                {"windowStart":"2026-11-20T11:00:00Z","windowEnd":"2026-11-20T12:00:00Z","partial":false,"value":2,"exact":"2"}],\
                "series":[\
                {"group":{"model":"b"},"total":{"value":2,"exact":"2"},"windows":[\
                {"windowStart":"2026-11-20T11:00:00Z","windowEnd":"2026-11-20T12:00:00Z","partial":false,"value":2,"exact":"2"}]},\
                {"group":{"model":"a"},"total":{"value":1.5,"exact":"1.5"},"windows":[\
                {"windowStart":"2026-11-20T09:00:00Z","windowEnd":"2026-11-20T10:00:00Z","partial":false,"value":1.5,"exact":"1.5"}]}]},\
                {"meter":"calls","name":"calls","aggregation":"COUNT","groupBy":[],\
                "total":{"value":2,"exact":"2"},"windows":[\
                {"windowStart":"2026-11-20T09:00:00Z","windowEnd":"2026-11-20T10:00:00Z","partial":false,"value":1,"exact":"1"},\
                {"windowStart":"2026-11-20T11:00:00Z","windowEnd":"2026-11-20T12:00:00Z","partial":false,"value":1,"exact":"1"}]}]}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"days\":1} | UTC | 2026-11-20T00:00:00Z | 2026-11-21T00:00:00Z",
                "{\"days\":30} | America/New_York | 2026-10-22T00:00:00-04:00 | 2026-11-21T00:00:00-05:00",
                "{\"days\":1} | Pacific/Auckland | 2026-11-21T00:00:00+13:00 | 2026-11-22T00:00:00+13:00",
                "\"current\" | UTC | 2026-11-01T00:00:00Z | 2026-12-01T00:00:00Z",
                "\"previous\" | America/New_York | 2026-10-01T00:00:00-04:00 | 2026-11-01T00:00:00-04:00",
                "{\"from\":\"2026-11-01T02:00:00+01:00\",\"to\":\"2026-11-02T00:00:00Z\"} | UTC | 2026-11-01T01:00:00Z | 2026-11-02T00:00:00Z"
            })
    void knowsFourKindsOfPeriod(String period, String zone, String from, String to) {
        Reply reply = api.page(
                token,
                "{\"period\":" + period + ",\"timeZone\":\"" + zone
                        + "\",\"meters\":[{\"meter\":\"calls\"}]}");

        assertThat(reply.textAt("/from")).isEqualTo(from);
        assertThat(reply.textAt("/to")).isEqualTo(to);
        assertThat(reply.textAt("/timeZone")).isEqualTo(zone);
    }

    @Test
    void takesTheTokensBillingPeriodInTheTokensZoneWhateverZoneIsShown() {
        String billed = api.tokenWith("alice", """
                ,"timeZone":"America/New_York","billing":{"anchor":"2026-01-31","interval":"month"}""");
        String question = "{\"meters\":[{\"meter\":\"calls\",\"compare\":\"previous\"}]}";

        Reply current = api.page(billed, question);
        Reply previous = api.page(
                billed, question.replace("{\"meters", "{\"period\":\"previous\",\"meters"));
        Reply elsewhere =
                api.page(billed, question.replace("{\"meters", "{\"timeZone\":\"UTC\",\"meters"));

        assertThat(current.textAt("/from")).isEqualTo("2026-10-31T00:00:00-04:00");
        assertThat(current.textAt("/to")).isEqualTo("2026-11-30T00:00:00-05:00");
        assertThat(current.textAt("/meters/0/previous/from"))
                .isEqualTo("2026-09-30T00:00:00-04:00");
        assertThat(current.textAt("/meters/0/previous/to")).isEqualTo("2026-10-31T00:00:00-04:00");
        assertThat(previous.textAt("/from")).isEqualTo("2026-09-30T00:00:00-04:00");
        assertThat(previous.textAt("/meters/0/previous/from"))
                .isEqualTo("2026-08-31T00:00:00-04:00");
        assertThat(elsewhere.textAt("/from")).isEqualTo("2026-10-31T04:00:00Z");
        assertThat(elsewhere.textAt("/to")).isEqualTo("2026-11-30T05:00:00Z");
    }

    @Test
    void comparesWithAsManyCalendarDaysAcrossAClockChange() {
        Reply reply = api.page(token, """
                {"period":{"days":30},"timeZone":"America/New_York",
                 "meters":[{"meter":"calls","compare":"previous"}]}""");

        assertThat(reply.textAt("/meters/0/previous/from")).isEqualTo("2026-09-22T00:00:00-04:00");
        assertThat(reply.textAt("/meters/0/previous/to")).isEqualTo("2026-10-22T00:00:00-04:00");
        assertThat(reply.textAt("/meters/0/previous/comparedTo"))
                .isEqualTo("2026-10-21T07:00:00-04:00");
    }

    @ParameterizedTest
    @CsvSource({
        "tokens, UTC", "tokens, America/New_York", "calls, America/New_York",
        "users, America/New_York", "level, UTC", "average, Australia/Lord_Howe",
        "least, UTC", "most, Pacific/Chatham"
    })
    void comparingIsAskingTwice(String meter, String zone) {
        for (int i = 0; i < 60; i++) {
            String time = Api.NOW.minusSeconds(i * 83_457L + 7).toString();
            event("e" + i, time, "m" + i % 3, i % 7 + ".25", "u" + i % 5);
        }

        Reply page = api.page(
                token,
                "{\"period\":{\"days\":25},\"timeZone\":\"" + zone
                        + "\",\"windowSize\":\"DAY\",\"meters\":[{\"meter\":\"" + meter
                        + "\",\"compare\":\"previous\"}]}");

        String before = "/meters/0/previous";
        BigDecimal then = single(
                meter, page.textAt(before + "/from"), page.textAt(before + "/comparedTo"), zone);
        BigDecimal now = single(meter, page.textAt("/from"), page.textAt("/to"), zone);
        assertThat(exact(page, before + "/total")).isEqualByComparingTo(then);
        assertThat(exact(page, "/meters/0/total")).isEqualByComparingTo(now);
        assertThat(exact(page, before + "/delta")).isEqualByComparingTo(now.subtract(then));
        assertThat(values(page, before + "/windows"))
                .isEqualTo(rows(
                        meter,
                        page.textAt(before + "/from"),
                        page.textAt(before + "/to"),
                        zone,
                        "&windowSize=DAY"));
        assertThat(values(page, "/meters/0/windows"))
                .isEqualTo(rows(
                        meter, page.textAt("/from"), page.textAt("/to"), zone, "&windowSize=DAY"));
    }

    @ParameterizedTest
    @CsvSource({
        "tokens, a b, 50 10.5, 0.25",
        "calls, c a, 4 2, 2",
        "users, c a, 4 2, 1",
        "average, a b, 25 10.5, 0.05",
        "least, b d, 10.5 6, -3",
        "most, a b, 49 10.5, 6"
    })
    void putsAllOtherGroupsTogetherExactly(
            String meter, String names, String totals, String other) {
        event("1", "2026-11-20T09:00:00Z", "a", "1", "u1");
        event("2", "2026-11-20T09:01:00Z", "a", "49", "u2");
        event("3", "2026-11-20T09:02:00Z", "b", "10.5", "u1");
        event("4", "2026-11-20T09:03:00Z", "c", "0.25", "u1");
        event("5", "2026-11-20T09:04:00Z", "c", "-2", "u2");
        event("6", "2026-11-20T09:05:00Z", "c", "-1", "u3");
        event("7", "2026-11-20T09:06:00Z", "c", "-3", "u4");
        event("8", "2026-11-20T09:07:00Z", "d", "6", "u1");

        Reply page = api.page(
                token,
                "{\"period\":{\"days\":1},\"meters\":[{\"meter\":\"" + meter
                        + "\",\"groupBy\":[\"model\"],\"top\":2}]}");

        assertThat(page.countAt("/meters/0/series")).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            assertThat(page.textAt("/meters/0/series/" + i + "/group/model"))
                    .isEqualTo(names.split(" ", -1)[i]);
            assertThat(page.textAt("/meters/0/series/" + i + "/total/exact"))
                    .isEqualTo(totals.split(" ", -1)[i]);
        }
        assertThat(exact(page, "/meters/0/other/total"))
                .isEqualByComparingTo(otherByHand(meter, names))
                .isEqualByComparingTo(other);
    }

    @Test
    void leavesOutTheRestWhereItMeansNothingOrThereIsNone() {
        event("1", "2026-11-20T09:00:00Z", "a", "1", "u1");
        event("2", "2026-11-20T09:01:00Z", "b", "2", "u2");

        Reply latest = api.page(token, """
                {"meters":[{"meter":"level","groupBy":["model"],"top":1},{"meter":"tokens","groupBy":["model"],"top":2}]}""");

        assertThat(latest.textAt("/meters/0/series/0/group/model")).isEqualTo("b");
        assertThat(latest.hasAt("/meters/0/other")).isFalse();
        assertThat(latest.hasAt("/meters/1/other")).isFalse();
    }

    @Test
    void ranksEqualGroupsByNameByCodePoint() {
        event("1", "2026-11-20T09:00:00Z", "\\ud83d\\ude00", "1.0", "u");
        event("2", "2026-11-20T09:00:00Z", "\\uff5e", "1", "u");
        event("3", "2026-11-20T09:00:00Z", "", "1e0", "u");
        event("4", "2026-11-20T09:00:00Z", "Z", "1.00", "u");

        Reply page =
                api.page(token, "{\"meters\":[{\"meter\":\"tokens\",\"groupBy\":[\"model\"]}]}");

        assertThat(List.of(0, 1, 2, 3))
                .extracting(i -> page.textAt("/meters/0/series/" + i + "/group/model"))
                .containsExactly("", "Z", "\uff5e", "\ud83d\ude00");
    }

    @Test
    void runsATotalAlongFillsGapsAndMarksWhatIsOpen() {
        event("1", "2026-11-18T09:00:00Z", "a", "1.5", "u");
        event("2", "2026-11-20T09:00:00Z", "a", "2", "u");

        Reply page = api.page(token, """
                {"period":{"from":"2026-11-18T00:00:00Z","to":"2026-11-23T00:00:00Z"},"windowSize":"DAY",
                 "meters":[{"meter":"tokens","cumulative":true,"fill":true},{"meter":"most","fill":true}]}""");

        assertThat(page.countAt("/meters/0/windows"))
                .as("none that has not begun")
                .isEqualTo(3);
        assertThat(List.of(0, 1, 2))
                .extracting(i -> page.textAt("/meters/0/windows/" + i + "/exact") + " "
                        + page.textAt("/meters/0/windows/" + i + "/cumulative/exact") + " "
                        + page.at("/meters/0/windows/" + i + "/partial"))
                .containsExactly(
                        "1.5 1.5 Bool[value=false]",
                        "0 1.5 Bool[value=false]",
                        "2 3.5 Bool[value=true]");
        assertThat(page.at("/meters/1/windows/1/value")).isEqualTo(new Json.Nil());
        assertThat(page.at("/meters/1/windows/1/exact")).isEqualTo(new Json.Nil());
    }

    @Test
    void saysNothingWhereThereIsNothingAndZeroWhereThatIsTrue() {
        Reply page = api.page(token, """
                {"meters":[{"meter":"tokens","groupBy":["model"],"compare":"previous"},{"meter":"users"},
                           {"meter":"average","compare":"previous"},{"meter":"level"}]}""");

        assertThat(page.textAt("/meters/0/total/exact")).isEqualTo("0");
        assertThat(page.textAt("/meters/0/previous/delta/exact")).isEqualTo("0");
        assertThat(page.countAt("/meters/0/series")).isZero();
        assertThat(page.textAt("/meters/1/total/exact")).isEqualTo("0");
        assertThat(page.at("/meters/2/total")).isEqualTo(new Json.Nil());
        assertThat(page.at("/meters/2/previous/delta")).isEqualTo(new Json.Nil());
        assertThat(page.at("/meters/3/total")).isEqualTo(new Json.Nil());
        assertThat(page.hasAt("/asOf")).isFalse();
    }

    @Test
    void keepsEveryDigit() {
        String great = "1234567890123456789012345678.123456789012345678901234567891";
        event("1", "2026-11-20T09:00:00Z", "a", great, "u");
        event("2", "2026-11-20T09:01:00Z", "b", "0.000000000000000000000000000009", "u");

        Reply page = api.page(token, """
                {"windowSize":"MONTH","meters":[{"meter":"tokens","groupBy":["model"],"cumulative":true,"compare":"previous"}]}""");

        String sum = "1234567890123456789012345678.1234567890123456789012345679";
        String both = "{\"value\":" + sum + ",\"exact\":\"" + sum + "\"}";
        assertThat(page.body())
                .contains("\"total\":" + both, "\"cumulative\":" + both, "\"delta\":" + both)
                .contains("\"total\":{\"value\":" + great + ",\"exact\":\"" + great + "\"}");
    }

    @Test
    void narrowsByFilters() {
        event("1", "2026-11-20T09:00:00Z", "a", "1", "u");
        event("2", "2026-11-20T09:00:00Z", "b", "2", "u");
        event("3", "2026-11-20T09:00:00Z", "ab", "4", "u");

        Reply page = api.page(token, """
                {"meters":[{"meter":"tokens","filterGroupBy":{"model":["a","b"]}},
                           {"meter":"tokens","advancedMeterGroupByFilters":{"model":{"$like":"a%"}}}]}""");

        assertThat(page.textAt("/meters/0/total/exact")).isEqualTo("3");
        assertThat(page.textAt("/meters/1/total/exact")).isEqualTo("5");
    }

    @Test
    void refusesTheWholeCallForOneMeter() {
        String restricted = api.token("alice", "tokens");
        String question = "{\"meters\":[{\"meter\":\"tokens\"},{\"meter\":\"%s\"}]}";

        Reply forbidden = api.page(restricted, question.formatted("calls"));
        Reply nowhere = api.page(restricted, question.formatted("no\\u0000slug"));
        Reply unknown = api.page(token, question.formatted("nowhere"));
        Reply post = post(restricted, question.formatted("calls"));

        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.code()).isEqualTo("insufficient-scope");
        assertThat(nowhere.body()).isEqualTo(forbidden.body());
        assertThat(post.body()).isEqualTo(forbidden.body());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("unknown-meter");
    }

    @Test
    void takesQuestionsOf8KiBInTheQueryAndLongerOnesInTheBody() {
        event("1", "2026-11-20T09:00:00Z", "a", "1", "u");
        String fits = "{\"meters\":[{\"meter\":\"calls\"}]" + " ".repeat(8_192 - 30) + "}";
        String umlauts = "{\"meters\":[{\"meter\":\"calls\",\"filterGroupBy\":{\"model\":[\""
                + "\u00e4".repeat(4_090) + "\"]}}]}";

        Reply taken = api.page(token, fits);
        Reply tooLong = api.page(token, fits + " ");
        Reply tooManyBytes = api.page(token, umlauts);

        assertThat(fits).hasSize(8_192);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.code()).isEqualTo("invalid-parameter");
        assertThat(tooManyBytes.status()).as("the request line is too long").isEqualTo(414);
        assertThat(post(token, fits + " ").body()).isEqualTo(taken.body());
        assertThat(post(token, umlauts).status()).isEqualTo(200);
    }

    @Test
    void answersAPostInTheSameBytes() {
        event("1", "2026-11-20T09:00:00Z", "a", "1", "u");
        String question =
                "{\"windowSize\":\"HOUR\",\"meters\":[{\"meter\":\"tokens\",\"groupBy\":[\"model\"]}]}";

        assertThat(post(token, question).body())
                .isEqualTo(api.page(token, question).body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid-body",
                "[] | invalid-body",
                "{\"meters\":[]} | invalid-body",
                "{\"meters\":{}} | invalid-body",
                "{\"meters\":[{}]} | invalid-body",
                "{\"meters\":[{\"meter\":1}]} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\"}],\"windowsize\":\"DAY\"} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\",\"subject\":\"bob\"}]} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\"}],\"subjects\":[\"bob\"]} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\"}],\"period\":{\"days\":1,\"x\":1}} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\"}],\"period\":\"last\"} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\"}],\"period\":{\"days\":0}} | invalid-range",
                "{\"meters\":[{\"meter\":\"calls\"}],\"period\":{\"days\":3661}} | invalid-range",
                "{\"meters\":[{\"meter\":\"calls\"}],\"period\":{\"days\":1.5}} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\"}],\"period\":{\"from\":\"2026-11-20T00:00:00Z\"}} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\"}],\"period\":{\"from\":\"2026-11-20T00:00:00Z\",\"to\":\"2026-11-20T00:00:00Z\"}} | invalid-range",
                "{\"meters\":[{\"meter\":\"calls\"}],\"windowSize\":\"WEEK\"} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\"}],\"timeZone\":\"../etc/passwd\"} | invalid-time-zone",
                "{\"meters\":[{\"meter\":\"calls\",\"top\":0}]} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\",\"top\":101}]} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\",\"compare\":\"year\"}]} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\",\"fill\":\"yes\"}]} | invalid-body",
                "{\"meters\":[{\"meter\":\"most\",\"cumulative\":true}]} | invalid-body",
                "{\"meters\":[{\"meter\":\"calls\",\"groupBy\":[\"none\"]}]} | unknown-dimension",
                "{\"meters\":[{\"meter\":\"calls\",\"filterGroupBy\":{\"subject\":[\"bob\"]}}]} | unknown-dimension",
                "{\"meters\":[{\"meter\":\"calls\"}],\"meters\":[]} | invalid-json",
                "{\"meters\":[{\"meter\":\"calls\"}]}x | invalid-json",
                "{\"period\":{\"days\":3660},\"windowSize\":\"MINUTE\",\"meters\":[{\"meter\":\"calls\",\"fill\":true}]} | too-many-windows"
            })
    void refusesWhatCannotBeInQueryAndBodyAlike(String question, String code) {
        Reply get = api.page(token, question);
        Reply post = post(token, question);

        assertThat(get.status()).isEqualTo(400);
        assertThat(get.code()).isEqualTo(code);
        assertThat(post.status()).isEqualTo(400);
        assertThat(post.code()).isEqualTo(code);
    }

    @Test
    void refusesMoreThan20Meters() {
        String one = "{\"meter\":\"calls\"}";
        String twenty = one + ("," + one).repeat(19);

        assertThat(api.page(token, "{\"meters\":[" + twenty + "]}").status()).isEqualTo(200);
        assertThat(api.page(token, "{\"meters\":[" + twenty + "," + one + "]}").code())
                .isEqualTo("invalid-body");
    }

    @Test
    void refusesMorePointsThanAnAnswerHasRoomFor() {
        String one = "{\"meter\":\"calls\",\"fill\":true}";
        String question =
                "{\"period\":{\"from\":\"2026-11-14T00:00:00Z\",\"to\":\"2026-11-20T00:00:00Z\"},"
                        + "\"windowSize\":\"MINUTE\",\"meters\":[%s]}";

        assertThat(api.page(token, question.formatted(one)).countAt("/meters/0/windows"))
                .isEqualTo(8_640);
        assertThat(api.page(token, question.formatted(one + ("," + one).repeat(11)))
                        .code())
                .isEqualTo("too-many-rows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {QUERY, QUERY + "?q=%7B%7D&q=%7B%7D", QUERY + "?q=", QUERY + "?Q=%7B%7D"})
    void needsOneQuestion(String target) {
        assertThat(api.get(target, token).status()).isEqualTo(400);
    }

    @Test
    void looksAtTheTokenFirst() {
        assertThat(api.get(QUERY, "om_portal_x").status()).isEqualTo(401);
        assertThat(post("om_portal_x", "{").status()).isEqualTo(401);
        assertThat(api.call("POST", QUERY, api.admin, "{}").status()).isEqualTo(401);
    }

    @Test
    void writesATableOfOneMeterWithNoFormulas() {
        event("1", "2026-11-19T09:00:00Z", "=1+1", "1.5", "u");
        event("2", "2026-11-20T09:00:00Z", "a\\\"b", "3", "u");
        event("3", "2026-11-20T09:00:00Z", "c", "0.5", "u");
        String question = """
                {"period":{"from":"2026-11-19T05:00:00Z","to":"2026-11-21T05:00:00Z"},"timeZone":"America/New_York",
                 "windowSize":"DAY","meters":[{"meter":"tokens","groupBy":["model"],"top":2}]}""";

        Reply reply = api.page(token, question, "Accept: text/csv");

        assertThat(reply.header("Content-Type")).contains("text/csv");
        assertThat(reply.header("Content-Disposition"))
                .contains("attachment; filename=tokens_2026-11-19_2026-11-20_America-New_York.csv");
        assertThat(reply.header("Content-Security-Policy")).contains("sandbox");
        assertThat(reply.body()).isEqualTo("""
                window_start,window_end,subject,model,other,value
                2026-11-20T00:00:00-05:00,2026-11-21T00:00:00-05:00,alice,"a""b",false,3
                2026-11-19T00:00:00-05:00,2026-11-20T00:00:00-05:00,alice,"'=1+1",false,1.5
                2026-11-20T00:00:00-05:00,2026-11-21T00:00:00-05:00,alice,,true,0.5
                """);
        assertThat(post(token, question, "Accept: text/csv").body()).isEqualTo(reply.body());
    }

    @Test
    void writesNoTableOfTwoMetersAndJsonUnlessCsvAloneIsWanted() {
        String two = "{\"meters\":[{\"meter\":\"calls\"},{\"meter\":\"tokens\"}]}";

        assertThat(api.page(token, two, "Accept: text/csv").code()).isEqualTo("invalid-body");
        for (String accept : List.of(
                "*/*", "text/csv;q=0, application/json", "text/csv, application/json", ",")) {
            assertThat(api.page(token, two, "Accept: " + accept).header("Content-Type"))
                    .contains("application/json");
        }
    }

    private BigDecimal otherByHand(String meter, String names) {
        String[] top = names.split(" ", -1);
        String filters = "{\"model\":{\"$nin\":[\"" + top[0] + "\",\"" + top[1] + "\"]}}";
        Reply reply = api.get(
                "/api/v1/portal/meters/" + meter
                        + "/query?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z"
                        + "&advancedMeterGroupByFilters=" + Encoded.of(filters),
                token);
        return ((Json.Num) reply.at("/data/0/value")).value();
    }

    private BigDecimal single(String meter, String from, String to, String zone) {
        List<BigDecimal> rows = rows(meter, from, to, zone, "");
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private List<BigDecimal> rows(String meter, String from, String to, String zone, String more) {
        Reply reply = api.get(
                "/api/v1/portal/meters/" + meter + "/query?from=" + Encoded.of(from) + "&to="
                        + Encoded.of(to) + "&windowTimeZone=" + zone + more,
                token);
        return values(reply, "/data");
    }

    private static List<BigDecimal> values(Reply reply, String pointer) {
        return ((Json.Arr) reply.at(pointer))
                .items().stream()
                        .map(row ->
                                ((Json.Num) ((Json.Obj) row).get("value").orElseThrow()).value())
                        .toList();
    }

    private static BigDecimal exact(Reply reply, String pointer) {
        return new BigDecimal(reply.textAt(pointer + "/exact"));
    }

    private Reply post(String bearer, String question, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Type: application/json";
        return api.call("POST", QUERY, bearer, question, all);
    }

    private void event(String id, String time, String model, String number, String user) {
        api.event(
                id,
                "alice",
                time,
                "{\"n\":\"" + number + "\",\"model\":\"" + model + "\",\"user\":\"" + user + "\"}");
    }
}
