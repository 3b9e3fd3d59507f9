package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real server: what they print, and their exit codes. */
class CommandsTest {
    private static final String KEY = "key-of-the-environment-with-32-letters";

    @TempDir
    private static Path data;

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start(data);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCommandExplainsItself() {
        return Stream.of(
                        "",
                        "serve",
                        "demo",
                        "bench",
                        "ingest",
                        "query",
                        "check-config",
                        "version",
                        "meters",
                        "meters list",
                        "meters get",
                        "meters create",
                        "meters delete",
                        "keys",
                        "keys create",
                        "keys list",
                        "keys revoke",
                        "tokens",
                        "tokens create",
                        "tokens list",
                        "tokens revoke")
                .map(command -> DynamicTest.dynamicTest("meterport " + command, () -> {
                    CommandLineRun help = CommandLineRun.of(
                            Map.of(), (command + " --help").strip().split(" "));

                    assertThat(help.code()).isZero();
                    assertThat(help.out()).startsWith(("Usage: meterport " + command).strip());
                    assertThat(help.err()).isEmpty();
                }));
    }

    @Test
    void metersAreCreatedListedShownAndDeleted() {
        CommandLineRun created = run(
                "meters",
                "create",
                "made_here",
                "--aggregation",
                "SUM",
                "--event-type",
                "made",
                "--value-property",
                "$.n",
                "--group-by",
                "kind=$.kind",
                "--name",
                "Made here");
        CommandLineRun list = run("meters", "list");
        CommandLineRun again = run(
                "meters", "create", "made_here", "--aggregation", "COUNT", "--event-type", "made");
        CommandLineRun shown = run("meters", "get", "made_here");
        CommandLineRun deleted = run("meters", "delete", "made_here");
        CommandLineRun gone = run("meters", "get", "made_here");

        assertThat(created.code()).isZero();
        assertThat(list.out()).containsPattern("made_here +SUM +made +\\$\\.n ");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err())
                .isEqualTo("meterport: The server refused (409):"
                        + " A meter with the slug made_here already exists.\n");
        assertThat(shown.out())
                .containsPattern("name +Made here")
                .contains("{\"kind\":\"$.kind\"}");
        assertThat(deleted.out()).isEqualTo("deleted\n");
        assertThat(gone.err()).contains("(404)").contains("There is no meter made_here.");
    }

    @Test
    void eventsAreSentInBatchesAndCountedOnceHoweverOften() throws IOException {
        run("meters", "create", "sent", "--aggregation", "COUNT", "--event-type", "sent");
        String lines = IntStream.range(0, 2_500)
                .mapToObj(i -> event("s" + i, "sent", "acme", "2026-11-20T09:00:00Z", "{}"))
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(data.resolve("events.ndjson"), lines);
        String array = "[" + lines.replace("}\n{", "},\n{") + "]";

        CommandLineRun first = run("ingest", file.toString());
        CommandLineRun second = runWith(array, "ingest", "-");
        CommandLineRun usage = run("query", "sent", "--csv");

        assertThat(first.code()).isZero();
        assertThat(first.err()).contains("2,500 events sent");
        assertThat(second.code()).isZero();
        assertThat(usage.out()).endsWith(",2500\n");
    }

    @Test
    void aBadEventIsNamedByItsPlaceInTheFile() {
        String good = event("g", "sent", "acme", "2026-11-20T09:00:00Z", "{}");
        String bad = good.replace("\"subject\":\"acme\",", "");

        CommandLineRun refused = runWith(good + "\n\n" + bad + "\n", "ingest", "-");
        CommandLineRun broken = runWith(good + "\n{", "ingest", "-");
        CommandLineRun absent = run("ingest", "/does/not/exist");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("meterport: Event 2 (line 3), /subject: ");
        assertThat(broken.err())
                .isEqualTo("meterport: Line 2, after 1 events: the input ends within an event.\n");
        assertThat(absent.err())
                .isEqualTo(
                        "meterport: The file /does/not/exist does not exist or cannot be read.\n");
    }

    @Test
    void ingestWaitsForAServerThatIsNotThereYet(@TempDir Path folder) throws Exception {
        int port = freePort();
        Map<String, String> environment =
                Map.of("METERPORT_URL", "http://127.0.0.1:" + port, "METERPORT_API_KEY", KEY);
        String line = event("late", "late", "acme", "2026-11-20T09:00:00Z", "{}");
        CompletableFuture<CommandLineRun> sending = CompletableFuture.supplyAsync(
                () -> CommandLineRun.with(environment, line, "ingest", "-"));

        try (App late = new App(
                TestApp.settings(folder, Map.of("server.port", String.valueOf(port))),
                Outside.at(InstantSource.system(), Map.of("METERPORT_ADMIN_KEY", KEY)))) {
            CommandLineRun sent = sending.get(60, TimeUnit.SECONDS);

            assertThat(sent.code()).as(sent.err()).isZero();
            assertThat(sent.err()).contains("1 events sent");
            assertThat(late.url().getPort()).isEqualTo(port);
        }
    }

    @Test
    void usageIsPrintedAsATableThatNoEventCanBreak() {
        run(
                "meters",
                "create",
                "asked",
                "--aggregation",
                "SUM",
                "--event-type",
                "asked",
                "--value-property",
                "$.n",
                "--group-by",
                "kind=$.kind");
        runWith(
                event("1", "asked", "acme", "2026-11-20T09:00:00Z", "{\"n\":0.1,\"kind\":\"a\"}")
                        + event(
                                "2",
                                "asked",
                                "acme",
                                "2026-11-20T10:00:00Z",
                                "{\"n\":1000,\"kind\":\"\\u001b[31m\\n\"}"),
                "ingest",
                "-");

        CommandLineRun table = run(
                "query",
                "asked",
                "--window-size",
                "HOUR",
                "--group-by",
                "kind",
                "--subject",
                "acme",
                "--from",
                "2026-11-20T00:00:00Z",
                "--time-zone",
                "Asia/Kathmandu");
        CommandLineRun filtered = run("query", "asked", "--filter", "kind=a");

        assertThat(table.out()).isEqualTo("""
                        FROM                       TO                         SUBJECT  kind    VALUE
                        2026-11-20T14:00:00+05:45  2026-11-20T15:00:00+05:45  acme     a         0.1
                        2026-11-20T15:00:00+05:45  2026-11-20T16:00:00+05:45  acme     ?[31m?   1000
                        """);
        assertThat(filtered.out()).endsWith("0.1\n");
    }

    @Test
    void tokensAreCreatedListedAndRevoked() {
        CommandLineRun created = run("tokens", "create", "acme");
        Api holder = new Api(app.app().url(), Optional.of(created.out().strip()));
        CommandLineRun list = run("tokens", "list", "--subject", "acme");
        int before = holder.get("/api/v1/portal/meters/none/query").status();
        CommandLineRun revoked = run("tokens", "revoke", "--subject", "acme");
        int after = holder.get("/api/v1/portal/meters/none/query").status();

        assertThat(created.out()).startsWith("om_portal_").hasLineCount(1);
        assertThat(list.out()).containsPattern("[0-9A-Z]{26} +acme ").doesNotContain("om_portal_");
        assertThat(revoked.out()).isEqualTo("revoked\n");
        assertThat(List.of(before, after)).containsExactly(404, 401);
    }

    @Test
    void keysAreCreatedListedAndRevoked() {
        CommandLineRun created = run("keys", "create", "--scope", "query", "--name", "reader");
        Api holder = app.admin().as(created.out().strip());
        CommandLineRun list = run("keys", "list");
        int before = holder.get("/api/v1/meters").status();
        CommandLineRun revoked = run("keys", "revoke", created.out().substring(6, 32));
        int after = holder.get("/api/v1/meters").status();

        assertThat(created.out()).startsWith("om_sk_").hasLineCount(1);
        assertThat(list.out()).containsPattern("reader +query +default");
        assertThat(revoked.code()).isZero();
        assertThat(List.of(before, after)).containsExactly(200, 401);
    }

    @Test
    void aKeyCanBeRevokedWithoutTheTokensItMade() {
        String key = run("keys", "create", "--scope", "portal:create").out().strip();
        Api holder = new Api(
                app.app().url(),
                Optional.of(app.admin()
                        .as(key)
                        .post("/api/v1/portal/tokens", "{\"subject\":\"acme\"}")
                        .text("token")));

        int code = run("keys", "revoke", key.substring(6, 32), "--keep-tokens").code();
        int kept = holder.get("/api/v1/portal/session").status();
        run("keys", "revoke", key.substring(6, 32));
        int ended = holder.get("/api/v1/portal/session").status();

        assertThat(List.of(code, kept, ended)).containsExactly(0, 200, 401);
    }

    @Test
    void aKeyCanBeMadeWhereNoServerRunsAndOnlyThere(@TempDir Path folder) {
        CommandLineRun running = CommandLineRun.of(
                Map.of(),
                "keys",
                "create",
                "--offline",
                "--data",
                data.toString(),
                "--scope",
                "admin");
        TestApp.start(folder).close();
        CommandLineRun stopped = CommandLineRun.of(
                Map.of(),
                "keys",
                "create",
                "--offline",
                "--data",
                folder.toString(),
                "--scope",
                "admin");

        assertThat(running.code()).isEqualTo(1);
        assertThat(running.err()).contains("in use by another running Meterport");
        assertThat(stopped.err()).isEmpty();
        try (TestApp restarted = TestApp.start(folder)) {
            Api holder = restarted.admin().as(stopped.out().strip());
            assertThat(holder.get("/api/v1/keys").status()).isEqualTo(200);
        }
    }

    @Test
    void theKeyComesFromTheEnvironmentOrTheDataFolder() {
        Map<String, String> url = Map.of("METERPORT_URL", app.admin().url().toString());

        CommandLineRun none = CommandLineRun.of(
                Map.of("METERPORT_URL", url.get("METERPORT_URL"), "METERPORT_DATA_DIR", "/none"),
                "meters",
                "list");
        CommandLineRun folder = CommandLineRun.of(url, "meters", "list", "--data", data.toString());
        CommandLineRun wrong = CommandLineRun.of(url, "meters", "list", "--data", "/none");

        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("(401)").contains("Set METERPORT_API_KEY");
        assertThat(folder.code()).isZero();
        assertThat(wrong.err()).contains("/none/admin-key does not exist");
    }

    @Test
    void sayWhatIsWrongInOneSentence() throws IOException {
        CommandLineRun nobody = CommandLineRun.of(
                Map.of("METERPORT_URL", "http://127.0.0.1:" + freePort()), "meters", "list");
        CommandLineRun badUrl =
                CommandLineRun.of(Map.of("METERPORT_URL", "nonsense"), "meters", "list");
        CommandLineRun misused = CommandLineRun.of(Map.of(), "keys", "create");
        CommandLineRun unknown = CommandLineRun.of(Map.of(), "metres");

        assertThat(nobody.err())
                .startsWith("meterport: No server answers at http://127.0.0.1:")
                .hasLineCount(1);
        assertThat(badUrl.err()).hasLineCount(1);
        assertThat(List.of(nobody.code(), badUrl.code())).containsExactly(1, 1);
        assertThat(List.of(misused.code(), unknown.code())).containsExactly(2, 2);
        assertThat(misused.err()).startsWith("Missing required option: '--scope=SCOPE'");
        assertThat(unknown.err()).contains("Did you mean").contains("meters");
    }

    @Test
    void theConfigurationIsCheckedWithoutStartingAnything(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), "server: { port: 9000 }");
        Path typo = Files.writeString(folder.resolve("typo.yaml"), "server: { prot: 9000 }");
        Path storage = Files.writeString(
                folder.resolve("storage.yaml"), "storage: { events: { type: oracle } }");
        Path option = Files.writeString(
                folder.resolve("option.yaml"), "storage: { sqlite: { raeders: 4 } }");

        assertThat(check(good).out()).isEqualTo("The configuration is sound.\n");
        assertThat(check(typo).err()).contains("server.prot").contains("server.port");
        assertThat(check(storage).err())
                .isEqualTo("meterport: storage.events.type must be one of sqlite, postgres.\n");
        assertThat(check(option).err()).contains("raeders").hasLineCount(1);
        assertThat(List.of(check(good).code(), check(typo).code())).containsExactly(0, 1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(CommandLineRun.of(Map.of(), "version").out()).startsWith("meterport ");
    }

    private static CommandLineRun check(Path file) {
        return CommandLineRun.of(Map.of(), "check-config", "--config", file.toString());
    }

    private static CommandLineRun run(String... arguments) {
        return runWith("", arguments);
    }

    private static CommandLineRun runWith(String in, String... arguments) {
        Map<String, String> environment = Map.of(
                "METERPORT_URL", app.admin().url().toString(),
                "METERPORT_API_KEY", app.admin().credential().orElseThrow());
        return CommandLineRun.with(environment, in, arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
