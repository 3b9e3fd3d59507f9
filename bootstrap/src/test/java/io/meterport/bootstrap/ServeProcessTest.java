package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process: what it prints, what it leaves, how it starts, refuses and stops. */
@Timeout(120)
class ServeProcessTest {
    private static final long PATIENCE_SECONDS = 90;

    @TempDir
    private Path folder;

    @Test
    void printsOneLineWhenItIsReadyAndStopsWhenTold() throws Exception {
        Path data = folder.resolve("data");
        try (Running server = serve("--port", "0", "--data", data.toString())) {
            String ready = server.out.readLine();
            assertThat(ready).matches("listening on http://127\\.0\\.0\\.1:\\d+");
            Api api = new Api(
                    URI.create(ready.substring("listening on ".length())),
                    Optional.of(Files.readString(data.resolve("admin-key")).strip()));
            assertThat(api.get("/health/ready").body()).isEqualTo("{\"status\":\"UP\"}\n");
            String meter = "{\"slug\":\"n\",\"aggregation\":\"COUNT\",\"eventType\":\"n\"}";
            assertThat(api.post("/api/v1/meters", meter).status()).isEqualTo(200);
            String events = "[" + event("1", "n", "acme", "2026-11-20T09:00:00Z", "{}") + "]";
            assertThat(api.ingest(BATCH, events).status()).isEqualTo(204);

            server.process.toHandle().destroy();

            assertThat(server.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(server.process.exitValue()).isEqualTo(143);
            assertThat(server.out.readLine()).isNull();
            assertThat(server.errors())
                    .contains("The first admin key is in " + data.resolve("admin-key") + ".")
                    .contains("route=/api/v1/events status=204")
                    .doesNotContain(api.credential().orElseThrow());
        }
        assertThat(data.resolve("meterport.db-wal")).doesNotExist();
        try (TestApp restarted = TestApp.start(data)) {
            assertThat(restarted.admin().get("/api/v1/meters/n/query").values())
                    .containsExactly("1");
        }
    }

    @Threat("I30")
    @Test
    void writesTheFirstKeyForItsOwnerOnlyAndNoOtherLater() throws Exception {
        Path data = folder.resolve("data");
        TestApp.start(data).close();
        Path file = data.resolve("admin-key");
        String key = Files.readString(file);

        TestApp.start(data).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(Files.readString(file)).isEqualTo(key);
        Files.delete(file);
        TestApp.start(data).close();
        assertThat(file).doesNotExist();
    }

    @Test
    void storesTheKeyThatAnInterruptedFirstStartWroteDown() throws Exception {
        Path first = folder.resolve("first");
        TestApp.start(first).close();
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.copy(first.resolve("admin-key"), data.resolve("admin-key"));

        try (TestApp app = TestApp.start(data)) {
            assertThat(app.admin().get("/api/v1/keys").items()).hasSize(1);
        }
    }

    @Threat("I14")
    @Test
    void refusesADataFolderThatAnotherProcessHas() throws Exception {
        Path data = folder.resolve("data");
        try (TestApp first = TestApp.start(data);
                Running second = serve("--port", "0", "--data", data.toString())) {
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.errors())
                    .startsWith("meterport: ")
                    .contains("in use by another running Meterport")
                    .hasLineCount(1);
            assertThat(first.admin().get("/health/ready").status()).isEqualTo(200);
        }
    }

    @Threat("I20")
    @Test
    void refusesADataFolderOfANewerMeterport() throws Exception {
        Path data = folder.resolve("data");
        TestApp.start(data).close();
        try (var database =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("meterport.db"));
                var statement = database.createStatement()) {
            statement.execute("pragma user_version = 1000000");
        }

        CommandLineRun refused = serveHere(data);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("meterport: ").contains("newer").hasLineCount(1);
    }

    @Test
    void refusesToBeOpenToAnybodyWhoIsNotOnThisMachine() {
        CommandLineRun refused = serveHere(folder, "--auth", "none", "--host", "0.0.0.0");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("meterport: auth.type none is allowed only where")
                .hasLineCount(1);
        assertThat(folder.resolve("meterport.db")).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithAPortThatIsTaken() {
        try (TestApp first = TestApp.start(folder.resolve("first"))) {
            String port = String.valueOf(first.app().url().getPort());

            CommandLineRun refused = serveHere(folder.resolve("second"), "--port", port);

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("127.0.0.1:" + port + ": the port is taken");
        }
    }

    @Threat({"I25", "I30"})
    @Test
    void refusesAnAdminKeyThatIsTooShortAndDoesNotRepeatIt() {
        CommandLineRun refused = CommandLineRun.of(
                Map.of("METERPORT_ADMIN_KEY", "hunter2"), "serve", "--data", folder.toString());

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("meterport: METERPORT_ADMIN_KEY cannot be used")
                .doesNotContain("hunter2");
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        CommandLineRun refused = serveHere(file.resolve("data"));

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).hasLineCount(1).contains("cannot be made");
    }

    /** Only for starts that fail: one that succeeds would not come back. */
    private static CommandLineRun serveHere(Path data, String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--data", data.toString()));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(Map.of(), arguments.toArray(String[]::new));
    }

    private Running serve(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve"));
        command.addAll(List.of(options));
        Path log = folder.resolve("server.log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        return new Running(process, process.inputReader(), log);
    }

    private record Running(Process process, BufferedReader out, Path log) implements AutoCloseable {
        int exit() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        String errors() throws IOException {
            return Files.readString(log);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
