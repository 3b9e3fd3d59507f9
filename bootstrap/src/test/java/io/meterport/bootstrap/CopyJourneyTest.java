package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.postgres.TestServer;
import io.meterport.bootstrap.TestApp.TestClock;
import io.meterport.domain.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one server with its file to several over one database, with all that there is. */
class CopyJourneyTest {
    private static final TestClock CLOCK = new TestClock("2026-03-20T12:30:00Z");
    private static final Map<String, String> EMBEDDED =
            Map.of("storage.events.type", "sqlite", "storage.catalog.type", "sqlite");
    private static final List<String> AGGREGATIONS =
            List.of("SUM", "COUNT", "AVG", "MIN", "MAX", "LATEST", "UNIQUE_COUNT");
    private static final int EVENTS = 1_500;
    private static final int FEWER = 200;

    @TempDir
    private Path home;

    private final String database = TestServer.shared().newDatabase();

    /** Tokens of the old server, and how their questions were answered there. */
    private final Map<String, Integer> tokens = new LinkedHashMap<>();

    private final List<String> keys = new ArrayList<>();

    @Test
    void everythingIsThereAfterwards() {
        Map<String, String> before = new LinkedHashMap<>();
        String second;
        try (TestApp app = embedded(Map.of())) {
            Api admin = app.admin();
            fill(admin);
            useTokens(app);
            second = secondKey(admin);
            before.putAll(answers(admin));
            tokens.replaceAll((token, status) -> new Api(app.app().url(), Optional.of(token))
                    .get("/api/v1/portal/meters")
                    .status());
        }
        assertThat(tokens.values()).contains(200, 401);

        CommandLineRun copy = copy();

        assertThat(copy.code()).as(copy.err()).isZero();
        assertThat(copy.out()).contains("event ").contains("1,500").contains("the same in both");
        try (TestApp app = shared()) {
            Api admin = app.admin();
            assertThat(answers(admin)).isEqualTo(before);
            tokens.forEach(
                    (token, status) -> assertThat(new Api(app.app().url(), Optional.of(token))
                                    .get("/api/v1/portal/meters")
                                    .status())
                            .isEqualTo(status));
            assertThat(admin.as(second).get("/api/v1/meters").status()).isEqualTo(401);
            CommandLineRun verify = run(app, "verify");
            assertThat(verify.code()).as(verify.out() + verify.err()).isZero();

            send(admin, 0, EVENTS);
            assertThat(answers(admin)).as("what was copied is known").isEqualTo(before);
            send(admin, EVENTS, 10);
            assertThat(answers(admin)).isNotEqualTo(before);
            assertThat(run(app, "verify").code()).isZero();
            int made = admin.get("/api/v1/portal/tokens").items().size();
            admin.post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"s1\"}");
            assertThat(app.portal("s1").get("/api/v1/portal/meters").status()).isEqualTo(200);
            assertThat(admin.get("/api/v1/portal/tokens").items()).hasSize(made + 1);
        }
    }

    /** What was counted together can never be told apart again, whatever the cap says here. */
    @Test
    void whatIsCountedTogetherStaysTogether() {
        Map<String, String> before;
        Set<String> groups;
        try (TestApp app = embedded(Map.of(
                "storage.sqlite.most-combinations", "5",
                "storage.sqlite.beyond-combinations", "fold"))) {
            defineBy(app.admin(), "COUNT");
            defineBy(app.admin(), "UNIQUE_COUNT");
            send(app.admin(), 0, FEWER);
            before = answers(app.admin());
            groups = groups(app.admin());
        }
        assertThat(groups).contains("__other__").hasSizeBetween(3, 6);

        CommandLineRun copy = copy();

        assertThat(copy.code()).as(copy.err()).isZero();
        try (TestApp app = shared()) {
            Api admin = app.admin();
            assertThat(answers(admin)).isEqualTo(before);
            assertThat(run(app, "verify").code()).isZero();
            send(admin, 0, FEWER);
            assertThat(answers(admin)).as("what was copied is known").isEqualTo(before);
            send(admin, FEWER, FEWER);
            assertThat(answers(admin)).isNotEqualTo(before);
            assertThat(groups(admin)).isEqualTo(groups);
            CommandLineRun verify = run(app, "verify");
            assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
        }
        try (TestApp app = shared(Map.of("storage.postgres.most-combinations", "100"))) {
            Reply more = app.admin().ingest(Api.EVENT, made(2 * FEWER));
            assertThat(more.text("code")).isEqualTo("too-many-combinations");
        }
    }

    @Test
    void whatWasForgottenStaysForgotten() {
        String old = event("old", "use", "s1", "2025-12-01T10:15:00Z", "{\"n\":5,\"who\":\"x\"}");
        Map<String, String> keep = Map.of("data.keep-events", "30d");
        Map<String, String> before;
        try (TestApp app = embedded(Map.of())) {
            fill(app.admin());
            app.admin().ingest(Api.EVENT, old);
        }
        try (TestApp app = embedded(keep)) {
            Await.until(() -> app.admin().ingest(Api.EVENT, old).status() == 400);
            before = answers(app.admin());
        }

        assertThat(copy().code()).isZero();

        try (TestApp app = shared()) {
            Api admin = app.admin();
            assertThat(answers(admin)).isEqualTo(before);
            assertThat(admin.ingest(Api.EVENT, old).text("code")).isEqualTo("event-too-old");
            CommandLineRun verify = run(app, "verify");
            assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
        }
    }

    @Test
    void killedInTheMiddleItLeavesNothingAndCanBeStartedAgain() throws Exception {
        Map<String, String> before;
        try (TestApp app = embedded(Map.of())) {
            fill(app.admin());
            before = answers(app.admin());
        }

        for (String at : List.of("event", "hour_total")) {
            killed(at);

            Await.until(() -> count("pg_stat_activity where datname = current_database()"
                            + " and pid <> pg_backend_pid()")
                    == 0);
            assertThat(count("meter")).isZero();
            assertThat(count("event")).isZero();
            assertThat(count("event_key")).isZero();
        }
        CommandLineRun copy = copy();

        assertThat(copy.code()).as(copy.err()).isZero();
        try (TestApp app = shared()) {
            assertThat(answers(app.admin())).isEqualTo(before);
            assertThat(run(app, "verify").code()).isZero();
        }
    }

    @Test
    void aRowThatIsNotWhatWasGivenUndoesAllOfIt() {
        try (TestApp app = embedded(Map.of())) {
            fill(app.admin());
        }
        assertThat(CommandLineRun.of(environment(), "migrate", "--config", config())
                        .code())
                .isZero();
        TestServer.shared().execute(database, """
                create function spoil() returns trigger language plpgsql as $$
                begin new.vals := new.vals + 1; return new; end $$""");
        TestServer.shared().execute(database, """
                create trigger spoil before insert on hour_part for each row
                when (new.combination = 3) execute function spoil()""");

        CommandLineRun copy = copy();

        assertThat(copy.code()).isEqualTo(1);
        assertThat(copy.err()).contains("Nothing was copied: the table hour_part");
        assertThat(count("meter")).isZero();
        assertThat(count("event")).isZero();
    }

    @Test
    void refusesWhatItCannotDoAndChangesNothing() {
        CommandLineRun nothing = copy();
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("There is no database in");
        try (TestApp app = embedded(Map.of())) {
            fill(app.admin());
            CommandLineRun running = copy();
            assertThat(running.code()).isEqualTo(1);
            assertThat(running.err()).contains("in use by another running Meterport");
        }
        CommandLineRun back = command("copy", "--from", "postgres", "--to", "sqlite");
        assertThat(back.code()).isEqualTo(1);
        assertThat(back.err()).contains("from sqlite to postgres");
        try (TestApp app = TestApp.start(home.resolve("other"), CLOCK, settings(), none())) {
            assertThat(app.admin().get("/api/v1/meters").status()).isEqualTo(200);
        }

        CommandLineRun used = copy();

        assertThat(used.code()).isEqualTo(1);
        assertThat(used.err()).contains("not empty").contains("api_key");
        assertThat(count("meter")).isZero();
        assertThat(count("api_key")).isEqualTo(1);
    }

    private TestApp embedded(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(EMBEDDED);
        settings.putAll(more);
        return TestApp.start(home.resolve("a"), CLOCK, settings);
    }

    private TestApp shared() {
        return shared(Map.of());
    }

    private TestApp shared(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(settings());
        settings.putAll(more);
        return TestApp.start(home.resolve("a"), CLOCK, settings, none());
    }

    private static Optional<Path> none() {
        return Optional.empty();
    }

    private Map<String, String> settings() {
        return TestStorage.postgres(database);
    }

    private CommandLineRun copy() {
        return command("copy", "--from", "sqlite", "--to", "postgres");
    }

    private CommandLineRun command(String... arguments) {
        List<String> whole = new ArrayList<>(List.of(arguments));
        whole.addAll(List.of("--data", home.resolve("a").toString()));
        return CommandLineRun.of(environment(), whole.toArray(String[]::new));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        settings().forEach((name, value) -> {
            if (name.startsWith("storage.postgres")) {
                environment.put(
                        "METERPORT_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value);
            }
        });
        return environment;
    }

    /** The command in a process of its own, ended at once when it begins with that table. */
    private void killed(String table) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.meterport.bootstrap.Main",
                "copy",
                "--from",
                "sqlite",
                "--to",
                "postgres",
                "--data",
                home.resolve("a").toString());
        builder.environment().putAll(environment());
        Process process = builder.redirectErrorStream(true).start();
        try (BufferedReader said = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.equals("copying " + table)) {
                line = said.readLine();
            }
            assertThat(line).as("it came as far as " + table).isNotNull();
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    /** A file that chooses PostgreSQL; all else stands in the environment. */
    private String config() {
        try {
            return Files.writeString(home.resolve("meterport.yaml"), """
                            storage:
                              events:
                                type: postgres
                              catalog:
                                type: postgres
                            """).toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String from) {
        try (Connection connection = TestServer.shared().connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private CommandLineRun run(TestApp app, String... arguments) {
        return CommandLineRun.of(
                Map.of(
                        "METERPORT_URL",
                        app.app().operatorsUrl().toString(),
                        "METERPORT_API_KEY",
                        app.admin().credential().orElseThrow()),
                arguments);
    }

    private void fill(Api admin) {
        for (String aggregation : AGGREGATIONS) {
            String slug = aggregation.toLowerCase(Locale.ROOT);
            define(admin, slug + "_plain", aggregation, value(aggregation));
            defineBy(admin, aggregation);
        }
        define(admin, "gone", "COUNT", "");
        admin.delete("/api/v1/meters/gone");
        admin.post("/api/v1/subjects", """
                [{"key":"s1","displayName":"One","metadata":{"plan":"gold"}},{"key":"ß 2"}]""");
        send(admin, 0, EVENTS);
    }

    private static void defineBy(Api admin, String aggregation) {
        define(
                admin,
                aggregation.toLowerCase(Locale.ROOT) + "_by",
                aggregation,
                value(aggregation) + ",\"groupBy\":{\"model\":\"$.model\",\"who\":\"$.who\"}");
    }

    private static String value(String aggregation) {
        return switch (aggregation) {
            case "COUNT" -> "";
            case "UNIQUE_COUNT" -> ",\"valueProperty\":\"$.user\"";
            default -> ",\"valueProperty\":\"$.n\"";
        };
    }

    private static void define(Api admin, String slug, String aggregation, String more) {
        Reply reply = admin.post(
                "/api/v1/meters",
                "{\"slug\":\"%s\",\"aggregation\":\"%s\",\"eventType\":\"use\"%s}"
                        .formatted(slug, aggregation, more));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    /** Of three months and of this hour, with numbers of all sizes and none. */
    private static void send(Api admin, int first, int count) {
        String events = IntStream.range(first, first + count)
                .mapToObj(CopyJourneyTest::made)
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(admin.ingest(BATCH, events).status()).isEqualTo(204);
    }

    private static String made(int number) {
        Random random = new Random(number);
        String time = number % 3 == 0
                ? "2026-03-20T12:%02d:%02dZ".formatted(random.nextInt(30), random.nextInt(60))
                : "2026-%02d-%02dT%02d:%02d:%02d.%03dZ"
                        .formatted(
                                1 + random.nextInt(3),
                                1 + random.nextInt(19),
                                random.nextInt(24),
                                random.nextInt(60),
                                random.nextInt(60),
                                random.nextInt(1_000));
        String n = switch (random.nextInt(5)) {
            case 0 -> "9007199254740993." + random.nextInt(1_000);
            case 1 -> "-" + random.nextInt(100) + ".10";
            case 2 -> random.nextInt(10) + "e20";
            case 3 -> "\"no number\"";
            default -> String.valueOf(random.nextInt(1_000));
        };
        return event(
                "id-" + number,
                random.nextInt(10) == 0 ? "other" : "use",
                List.of("s1", "ß 2", "s3", "s4").get(random.nextInt(4)),
                time,
                "{\"n\":%s,\"who\":\"w%d\",\"user\":\"u%d\",\"model\":\"m\\u0000%d\"}"
                        .formatted(n, random.nextInt(40), random.nextInt(99), random.nextInt(3)));
    }

    /** One that stays alive, and one ended by each kind of revocation. */
    private void useTokens(TestApp app) {
        Api admin = app.admin();
        String byId = token(admin, "s1", "");
        token(admin, "s3", "");
        token(admin, "s4", ",\"session\":\"a\"");
        admin.post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"s3\"}");
        admin.post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"s4\",\"session\":\"a\"}");
        String id = byId.substring("om_portal_".length(), byId.indexOf('.'));
        admin.post("/api/v1/portal/tokens/invalidate", "{\"id\":\"" + id + "\"}");
        token(admin, "s1", "");
        token(admin, "s3", ",\"allowedMeterSlugs\":[\"sum_by\"]");
        token(admin, "s4", ",\"session\":\"b\"");
    }

    private String token(Api admin, String subject, String more) {
        Reply reply = admin.post(
                "/api/v1/portal/tokens", "{\"subject\":\"" + subject + "\"" + more + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        tokens.put(reply.text("token"), 0);
        return reply.text("token");
    }

    /** Another key, which is deleted. */
    private String secondKey(Api admin) {
        Reply made = admin.post("/api/v1/keys", "{\"name\":\"x\",\"scopes\":[\"query\"]}");
        assertThat(made.status()).as(made.body()).isBetween(200, 201);
        keys.add(made.text("id"));
        assertThat(admin.delete("/api/v1/keys/" + made.text("id")).status()).isEqualTo(204);
        return made.text("key");
    }

    /** The values that one dimension is told apart by. */
    private static Set<String> groups(Api admin) {
        return admin.get("/api/v1/meters/count_by/query?groupBy=who").rows().stream()
                .map(row -> Reply.text(((Json.Obj) row.get("groupBy")).members(), "who"))
                .collect(Collectors.toSet());
    }

    /** All that the server says of everything, but for what changes by being asked. */
    private Map<String, String> answers(Api admin) {
        Map<String, String> answers = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>(List.of(
                "/api/v1/meters", "/api/v1/subjects", "/api/v1/events?limit=100", "/api/v1/audit"));
        for (Map<String, Json> meter : admin.get("/api/v1/meters").items()) {
            String slug = Reply.text(meter, "slug");
            String query = "/api/v1/meters/" + slug + "/query?subject=s1&subject=s4";
            paths.add(query + "&windowSize=DAY&windowTimeZone=Asia/Kathmandu");
            paths.add(query);
            paths.add("/api/v1/meters/" + slug + "/query?windowSize=MONTH");
            paths.add("/api/v1/meters/" + slug + "/subjects");
            paths.add(query + "&windowSize=MINUTE&from=2026-03-20T12:00:00Z"
                    + "&to=2026-03-20T12:30:00Z");
            if (slug.endsWith("_by")) {
                paths.add(query + "&groupBy=model&groupBy=who");
                paths.add("/api/v1/meters/" + slug + "/query?groupBy=who&filterGroupBy[who]=w7");
            }
        }
        for (String path : paths) {
            Reply reply = admin.get(path.replace("[", "%5B").replace("]", "%5D"));
            answers.put(path, reply.status() + " " + reply.body());
        }
        answers.replaceAll(
                (path, answer) -> answer.replaceAll("\"(lastUsedAt|instance)\":\"[^\"]*\"", ""));
        return answers;
    }
}
