package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.EVENT;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.application.spi.Together;
import io.meterport.bootstrap.TestApp.TestClock;
import io.meterport.bootstrap.bench.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events are too many, too large, too deep, twice, or not what they say; a number never suffers. */
class ThreatsETest {
    private static final String TIME = "2026-01-01T10:30:00Z";
    private static final String TOTAL = "/api/v1/meters/total/query";

    @TempDir
    private Path data;

    private TestApp app;

    @BeforeEach
    void start() {
        app = TestApp.start(data, new TestClock("2026-01-01T12:00:00Z"), Map.of());
        define(app);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private static void define(TestApp app) {
        app.admin().post("/api/v1/meters", """
                {"slug":"total","aggregation":"SUM","eventType":"prompt","valueProperty":"$.n",\
                "groupBy":{"model":"$.model"}}""");
    }

    @Threat("E3")
    @Test
    void aBatchOfOneTooManyIsRefusedAndOneOfNoneIsNoFault() {
        Reply many = app.admin().ingest(BATCH, batch(10_001));

        assertThat(many.status()).isEqualTo(413);
        assertThat(many.text("code")).isEqualTo("batch-too-large");
        assertThat(app.admin().ingest(BATCH, "[]").status()).isEqualTo(204);
        assertThat(app.admin().ingest("application/json", "[]").status()).isEqualTo(400);
        assertThat(stored()).isEmpty();
    }

    static Stream<Arguments> monsters() {
        String members = IntStream.range(0, 200_000)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(","));
        return Stream.of(
                Arguments.of("depth", "[".repeat(10_000) + "]".repeat(10_000)),
                Arguments.of("open", "[".repeat(1_000_000)),
                Arguments.of("objects", "{\"a\":".repeat(10_000)),
                Arguments.of("keys", "{" + members + "}"),
                Arguments.of("string", "{\"a\":\"" + "x".repeat(900_000) + "\"}"),
                Arguments.of("name", "{\"" + "x".repeat(900_000) + "\":1}"),
                Arguments.of("digits", "{\"a\":" + "9".repeat(900_000) + "}"));
    }

    @Threat({"E4", "E6"})
    @ParameterizedTest(name = "{0}")
    @MethodSource("monsters")
    void whatIsTooDeepOrTooLongIsRefusedAndCostsNothing(String what, String body) {
        List<Integer> statuses =
                Together.run(8, thread -> app.admin().ingest(EVENT, body).status());

        assertThat(statuses).as(what).allMatch(status -> status == 400 || status == 413);
        assertThat(app.admin().ingest(EVENT, sample("good", 1)).status()).isEqualTo(204);
        assertThat(stored()).containsExactly("good");
    }

    @Threat({"E5", "E8"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{E,\"id\":\"other\"}",
                "{E,\"data\":{}}",
                "{E,\"\\u0069d\":\"other\"}",
                "{E}{E}",
                "{E}]",
                "{E}//",
                "/* */{E}",
                "{E,}",
                "{E} null",
                "{E}\u0000",
                "{E,'x':1}",
                "\ufeff{E}"
            })
    void aDocumentThatTwoReadersWouldReadDifferentlyIsRefused(String form) {
        String members = sample("twice", 1).replaceAll("^\\{|}$", "");

        Reply reply = app.admin().ingest(EVENT, form.replace("E", members));

        assertThat(reply.status()).as(form).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("invalid-json");
        assertThat(stored()).isEmpty();
    }

    @Threat("E5")
    @Test
    void anAttributeInOtherLettersIsAnotherAttribute() {
        String shouting =
                sample("quiet", 1).replaceAll("}$", ",\"ID\":\"loud\",\"Subject\":\"b\"}");

        assertThat(app.admin().ingest(EVENT, shouting).status()).isEqualTo(204);

        assertThat(app.admin().get("/api/v1/events").body())
                .contains("\"quiet\"")
                .doesNotContain("loud");
    }

    @Threat("E6")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "1e999999999",
                "1e100000666660",
                "1e-400",
                "0x10",
                "+1",
                "01",
                "1.",
                ".5",
                "1_0",
                "٣",
                "0.10000000000000000000000000000000000000001"
            })
    void whatIsNoNumberOfJsonOrTooFineIsRefused(String number) {
        Reply reply = app.admin().ingest(EVENT, sample("n", number));

        assertThat(reply.status()).as(number).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("invalid-json");
        assertThat(stored()).isEmpty();
    }

    @Threat({"E6", "E21"})
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-0 | 0",
                "12 | 12",
                "\"12\" | 12",
                "\"1e5\" | 100000",
                "1e27 | 1000000000000000000000000000",
                "0.000000000000000000000000000001 | 0.000000000000000000000000000001",
                "1e28 | -",
                "1e-31 | -",
                "\"1e99999999\" | -",
                "\"0x10\" | -",
                "\"٣\" | -",
                "\" 1\" | -",
                "\"NaN\" | -",
                "null | -",
                "true | -",
                "{} | -",
                "[1] | -"
            })
    void whatIsNoMeteredNumberIsStoredWithANoteAndCountsForNothing(String value, String counts) {
        assertThat(app.admin().ingest(EVENT, sample("n", value)).status()).isEqualTo(204);

        String listed = app.admin().get("/api/v1/events").body();
        if (counts.equals("-")) {
            assertThat(listed).contains("\"validationError\"");
            assertThat(total()).isIn("", "0");
        } else {
            assertThat(listed).doesNotContain("\"validationError\"");
            assertThat(total()).isEqualTo(counts);
        }
    }

    @Threat("E7")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\udc00\\ud800",
                "\u00c0\u00af",
                "\u00e0\u0080\u00af",
                "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00ff",
                "\u00e9"
            })
    void textThatIsNoUnicodeIsRefused(String bytes) {
        String body = sample("text", "\"" + bytes + "\"");

        assertThat(RawHttp.status(ingestRaw(EVENT, body))).isEqualTo(400);
        assertThat(stored()).isEmpty();
    }

    @Threat("E7")
    @Test
    void otherEncodingsAreRefused() {
        String body = sample("text", 1);
        String wide = body.chars().mapToObj(c -> "\u0000" + (char) c).collect(Collectors.joining());

        assertThat(RawHttp.status(ingestRaw(EVENT, wide))).isEqualTo(400);
        assertThat(RawHttp.status(ingestRaw(EVENT, "\u00fe\u00ff" + wide))).isEqualTo(400);
        assertThat(RawHttp.status(ingestRaw(EVENT, "\u00ef\u00bb\u00bf" + body)))
                .isEqualTo(400);
        assertThat(app.admin().ingest(EVENT + "; charset=utf-7", body).status()).isEqualTo(400);
        assertThat(stored()).isEmpty();
    }

    @Threat("E11")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"specversion\":\"1.0\" | \"specversion\":\"2.0\"",
                "\"specversion\":\"1.0\" | \"specversion\":1.0",
                "\"specversion\":\"1.0\" | \"x\":1",
                "\"data\": | \"data_base64\":\"e30=\",\"data\":",
                "\"data\": | \"datacontenttype\":\"text/plain\",\"data\":",
                "\"data\": | \"datacontenttype\":\"application/xml\",\"data\":",
                "\"data\": | \"extension\":{},\"data\":",
                "\"data\": | \"ext-ension\":1,\"data\":"
            })
    void whatIsNoCloudEventOfJsonIsRefused(String part, String instead) {
        Reply reply = app.admin().ingest(EVENT, sample("ce", 1).replace(part, instead));

        assertThat(reply.status()).as(instead).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("invalid-event");
    }

    @Threat("E11")
    @ParameterizedTest
    @CsvSource({"64, 204", "65, 400", "10000, 400"})
    void moreThan64ExtensionsAreRefused(int count, int status) {
        String extensions = IntStream.range(0, count)
                .mapToObj(i -> ",\"x" + i + "\":1")
                .collect(Collectors.joining());

        assertThat(app.admin()
                        .ingest(EVENT, sample("ext", 1).replaceAll("}$", extensions + "}"))
                        .status())
                .isEqualTo(status);
    }

    @Threat("E12")
    @ParameterizedTest
    @CsvSource({"id, 256", "type, 256", "source, 1024", "subject, 1024"})
    void anAttributeIsNeitherEmptyNorEndlessNorUnprintable(String name, int most) {
        assertThat(statusWith(name, "")).isEqualTo(400);
        assertThat(statusWith(name, "a\\u0000b")).isEqualTo(400);
        assertThat(statusWith(name, "a\\nb")).isEqualTo(400);
        assertThat(statusWith(name, "a\\u007fb")).isEqualTo(400);
        assertThat(statusWith(name, "x".repeat(most + 1))).isEqualTo(400);
        assertThat(statusWith(name, "x".repeat(60_000))).isEqualTo(400);
        assertThat(statusWith(name, "x".repeat(most))).isEqualTo(204);
    }

    @Threat("E13")
    @Test
    void keysThatJoinToTheSameTextAreDifferentKeys() {
        for (List<String> key : List.of(
                List.of("a-b", "c"),
                List.of("a", "b-c"),
                List.of("a", "b"),
                List.of("ab", "x"),
                List.of("a", "bx"))) {
            app.admin()
                    .ingest(
                            EVENT,
                            sample(key.get(1), 1)
                                    .replace(
                                            "\"source\":\"test\"",
                                            "\"source\":\"" + key.get(0) + "\""));
        }

        assertThat(total()).isEqualTo("5");
    }

    @Threat({"E14", "E17"})
    @Test
    void theSameEventFromManyAtOnceAndTwiceInABatchCountsOnce() {
        String batch =
                "[" + sample("one", 1) + "," + sample("one", 1) + "," + sample("two", 1) + "]";

        List<Integer> statuses =
                Together.run(64, thread -> app.admin().ingest(BATCH, batch).status());

        assertThat(statuses).containsOnly(204);
        assertThat(total()).isEqualTo("2");
    }

    @Threat("E15")
    @Test
    void ofTwoEventsWithOneKeyTheFirstCounts() {
        app.admin().ingest(EVENT, sample("one", 1));

        Reply second = app.admin().ingest(EVENT, sample("one", 1_000));

        assertThat(second.status()).isEqualTo(204);
        assertThat(total()).isEqualTo("1");
        assertThat(app.admin().get("/metrics").body())
                .contains("meterport_events_duplicate_total 1.0");
    }

    @Threat("E15")
    @Test
    void thatAnEventCameAgainWithOtherContentsIsCountedAndLoggedWithoutThem(@TempDir Path folder)
            throws IOException {
        try (ServerProcess server = ServerProcess.start(folder)) {
            Api admin = new Api(
                    URI.create("http://127.0.0.1:" + server.port()), Optional.of(server.key()));
            admin.ingest(EVENT, sample("one", 1));
            admin.ingest(EVENT, sample("one", 1));
            assertThat(admin.get("/metrics").body())
                    .contains("meterport_events_conflict_total 0.0");

            assertThat(admin.ingest(EVENT, sample("one", 1_000)).status()).isEqualTo(204);
            assertThat(admin.ingest(EVENT, sample("one", 1).replace("acme", "other"))
                            .status())
                    .isEqualTo(204);

            assertThat(admin.get("/metrics").body())
                    .contains(
                            "meterport_events_conflict_total 2.0",
                            "meterport_events_duplicate_total 3.0");
        }
        String log = Files.readString(folder.resolve("server.log"));
        assertThat(log)
                .contains("came again with other contents")
                .doesNotContain("acme", "one\"", "1000");
    }

    @Threat("E16")
    @Test
    void aReplayAfterRestartsAndAYearCountsNothing(@TempDir Path folder) {
        TestClock clock = new TestClock("2026-01-01T11:00:00Z");
        for (String now :
                List.of("2026-01-01T11:00:00Z", "2026-01-02T11:00:00Z", "2027-03-01T11:00:00Z")) {
            clock.set(now);
            try (TestApp old = TestApp.start(folder, clock, Map.of())) {
                define(old);
                assertThat(old.admin().ingest(EVENT, sample("one", 1)).status()).isEqualTo(204);
                assertThat(old.admin().get(TOTAL).values()).containsExactly("1");
            }
        }
    }

    @Threat("E18")
    @Test
    void oneBadEventRefusesItsBatchWholeAndIsNamed() {
        String batch = "[" + sample("a", 1) + "," + sample("b", 1).replace("prompt", "") + ","
                + sample("c", 1) + "]";

        Reply reply = app.admin().ingest(BATCH, batch);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains("\"validationErrors\"")
                .contains("\"field\":\"/1/type\"")
                .contains("\"code\":\"invalid-event\"");
        assertThat(stored()).isEmpty();
    }

    @Threat("E19")
    @ParameterizedTest
    @CsvSource({
        "0000-01-01T00:00:00Z, 400",
        "0001-01-01T00:00:00Z, 400",
        "1969-12-31T23:59:59Z, 400",
        "1970-01-01T00:00:00Z, 400",
        "1970-01-01T00:00:00.000001Z, 204",
        "2038-01-19T03:14:08Z, 204",
        "9999-12-31T23:59:59.999999999Z, 204",
        "10000-01-01T00:00:00Z, 400",
        "2026-01-01T10:30:00, 400",
        "2026-01-01, 400",
        "2026-01-01T10:30:00-00:00, 204",
        "2026-12-31T23:59:60Z, 400",
        "2026-01-01T10:30:00.123456789Z, 204",
        "2026-01-01t10:30:00z, 400",
        "2026-02-29T10:30:00Z, 400",
        "2026-01-01T24:00:00Z, 400",
        "2026-01-01T10:30:00+25:00, 400",
        "2026-01-01 10:30:00Z, 400"
    })
    void aTimeIsOneOfRfc3339AndAfter1970(String time, int status) {
        String event = sample("t", 1).replace(TIME, time);

        assertThat(app.admin().ingest(EVENT, event).status()).isEqualTo(status);
        assertThat(stored()).hasSize(status == 204 ? 1 : 0);
    }

    @Threat("E22")
    @Test
    void aFloodOfDimensionValuesIsRefusedAtItsCap(@TempDir Path folder) {
        try (TestApp capped = capped(folder, "refuse")) {
            assertThat(capped.admin().ingest(BATCH, models(0, 3)).status()).isEqualTo(204);

            Reply refused = capped.admin().ingest(BATCH, models(2, 3));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("code")).isEqualTo("too-many-combinations");
            assertThat(refused.body()).contains("\"field\":\"/1/data\"");
            assertThat(capped.admin().get(TOTAL).values()).containsExactly("3");
            assertThat(capped.admin().get("/metrics").body())
                    .contains("meterport_meter_combinations 3.0", "meterport_meter_folding 0.0");
        }
    }

    @Threat("E22")
    @Test
    void aFloodOfDimensionValuesIsFoldedAtItsCapAndTheTotalIsExact(@TempDir Path folder) {
        try (TestApp capped = capped(folder, "fold")) {
            assertThat(capped.admin().ingest(BATCH, models(0, 1_000)).status()).isEqualTo(204);

            assertThat(capped.admin().get(TOTAL).values()).containsExactly("1000");
            assertThat(capped.portal("acme")
                            .get("/api/v1/portal/meters/total/query?groupBy=model")
                            .body())
                    .contains("\"m0\"", "\"m1\"", "\"m2\"", "\"__other__\"")
                    .contains("\"value\":997")
                    .doesNotContain("\"m3\"");
            assertThat(capped.admin()
                            .get(TOTAL + "?filterGroupBy%5Bmodel%5D=__other__")
                            .values())
                    .containsExactly("997");
            assertThat(capped.admin().get("/metrics").body())
                    .contains("meterport_meter_combinations 4.0", "meterport_meter_folding 1.0");
        }
    }

    @Threat("E23")
    @Test
    void aFloodOfSubjectsIsRefusedAtItsCap(@TempDir Path folder) {
        try (TestApp capped = TestApp.start(
                folder, InstantSource.system(), Map.of("storage.sqlite.most-subjects", "3"))) {
            define(capped);
            assertThat(capped.admin().ingest(BATCH, subjects(0, 3)).status()).isEqualTo(204);

            Reply refused = capped.admin().ingest(BATCH, subjects(2, 2));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("code")).isEqualTo("too-many-subjects");
            assertThat(refused.body()).contains("\"field\":\"/1/subject\"");
            assertThat(capped.admin().ingest(BATCH, subjects(1, 2)).status()).isEqualTo(204);
            assertThat(capped.admin().get(TOTAL).values()).containsExactly("5");
            assertThat(capped.admin().get("/metrics").body()).contains("meterport_subjects 3.0");
        }
    }

    /** Without a cap they are all taken, and the metric tells of them. */
    @Threat("E23")
    @Test
    void aFloodOfSubjectsIsSeenInTheMetricsWhereNoneIsRefused(@TempDir Path folder) {
        try (TestApp open = TestApp.start(folder)) {
            assertThat(open.admin().ingest(BATCH, subjects(0, 1_000)).status()).isEqualTo(204);

            assertThat(open.admin().get("/metrics").body()).contains("meterport_subjects 1000.0");
        }
    }

    /** Whatever an event says of itself: it opens no line of the log and moves no cursor. */
    @Threat("E24")
    @Test
    void nothingThatIsSentBreaksALineOfTheLog(@TempDir Path folder) throws IOException {
        try (ServerProcess server = ServerProcess.start(
                folder, Map.of("METERPORT_LOGGING_LEVEL", "debug"), Optional.empty())) {
            Api admin = new Api(
                    URI.create("http://127.0.0.1:" + server.port()), Optional.of(server.key()));
            for (String hostile : List.of(
                    "${jndi:ldap://127.0.0.1/x}",
                    "%n%s%n",
                    "\\u001b[31mred",
                    "\\r\\n2026-01-01T00:00:00.000Z error forged: line",
                    "\\u2028forged",
                    "\\u0085forged")) {
                for (String attribute : List.of("id", "source", "subject", "type")) {
                    admin.ingest(EVENT, with(attribute, hostile));
                }
            }
            RawHttp.send(
                    server.port(),
                    RawHttp.request(
                            "GET",
                            "/api/v1/meters/%0d%0aforged%1b%5b31m?x=%0aforged",
                            "User-Agent: a\u001b[31m forged",
                            "X-Request-Id: a%0aforged"));
        }

        for (String line : Files.readString(log(folder)).lines().toList()) {
            assertThat(line).matches("[\\x20-\\x7e\\u00a0-\\uffff]*").doesNotStartWith("forged");
        }
        assertThat(Files.readString(log(folder))).doesNotContain("error forged: line");
    }

    /** More than the queue holds at once: each batch is stored whole, or told to come again. */
    @Threat({"E25", "F7"})
    @Test
    void aFloodOfEventsIsStoredOrToldToComeAgain(@TempDir Path folder) {
        Map<String, String> narrow = Map.of("server.limits.ingests", "8");
        try (TestApp flooded = TestApp.start(folder, InstantSource.system(), narrow)) {
            define(flooded);
            List<Integer> statuses = Together.run(16, thread -> {
                String batch = IntStream.range(0, 5_000)
                        .mapToObj(i -> sample(thread + "-" + i, 1))
                        .collect(Collectors.joining(",", "[", "]"));
                Reply reply = flooded.admin().ingest(BATCH, batch);
                assertThat(reply.status() == 204 || !reply.header("Retry-After").isEmpty())
                        .isTrue();
                return reply.status();
            });

            assertThat(statuses).allMatch(status -> Set.of(204, 429, 503).contains(status));
            long taken = statuses.stream().filter(status -> status == 204).count();
            assertThat(taken).isPositive();
            assertThat(flooded.admin().get(TOTAL).values())
                    .containsExactly(String.valueOf(taken * 5_000));
        }
    }

    private static Path log(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String subjects(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> sample("e" + first + "-" + i, 1).replace("acme", "acme-" + i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static TestApp capped(Path folder, String beyond) {
        TestApp capped = TestApp.start(
                folder,
                InstantSource.system(),
                Map.of(
                        "storage.sqlite.most-combinations",
                        "3",
                        "storage.sqlite.beyond-combinations",
                        beyond));
        define(capped);
        return capped;
    }

    private static String models(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> event(
                        "m" + i, "prompt", "acme", TIME, "{\"n\":1,\"model\":\"m" + i + "\"}"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String batch(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> sample("e" + i, 1))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String sample(String id, Object value) {
        return event(id, "prompt", "acme", TIME, "{\"n\":" + value + "}");
    }

    private static String with(String attribute, String value) {
        return sample("an-id", 1)
                .replaceAll(
                        "\"" + attribute + "\":\"[^\"]*\"",
                        Matcher.quoteReplacement("\"" + attribute + "\":\"" + value + "\""));
    }

    private int statusWith(String attribute, String value) {
        return app.admin().ingest(EVENT, with(attribute, value)).status();
    }

    /** Each char is a byte. */
    private String ingestRaw(String contentType, String body) {
        return RawHttp.send(
                app.app().url().getPort(),
                RawHttp.request(
                                "POST",
                                "/api/v1/events",
                                "Authorization: Bearer "
                                        + app.admin().credential().orElseThrow(),
                                "Content-Type: " + contentType,
                                "Content-Length: " + body.length())
                        + body);
    }

    private String total() {
        return String.join(",", app.admin().get(TOTAL).values());
    }

    private List<String> stored() {
        return Pattern.compile("\"id\":\"([^\"]*)\"")
                .matcher(app.admin().get("/api/v2/events").body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
