package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.postgres.TestServer;
import io.meterport.application.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does after PostgreSQL's own means have restored the database. */
class PostgresRestoreJourneyTest {
    @TempDir
    private Path home;

    /** A token that was revoked after the backup is dead once the database is marked. */
    @Test
    @Threat("I18")
    void restoreBumps() throws Exception {
        String database = TestServer.shared().newDatabase();
        Api token;
        try (TestApp app = start(database)) {
            app.admin()
                    .post(
                            "/api/v1/meters",
                            "{\"slug\":\"used\",\"aggregation\":\"COUNT\",\"eventType\":\"use\"}");
            token = app.portal("acme");
        }
        String backup = copyOf(database);
        try (TestApp app = start(database)) {
            app.admin().post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"acme\"}");
        }
        try (TestApp app = start(backup)) {
            assertThat(session(app, token)).as("the danger that is averted").isEqualTo(200);
        }

        CommandLineRun mark = CommandLineRun.of(environment(backup), "restore", "--mark");

        assertThat(mark.code()).as(mark.err()).isZero();
        assertThat(mark.out()).contains("Marked the database as restored.");
        try (TestApp app = start(backup)) {
            assertThat(session(app, token)).isEqualTo(401);
            assertThat(app.portal("acme").get("/api/v1/portal/session").status())
                    .isEqualTo(200);
            assertThat(app.admin().get("/api/v1/audit").body()).contains("global.revoke");
        }
    }

    @Test
    void aServerThatRunsMeanwhileKnowsOfItAtOnce() {
        String database = TestServer.shared().newDatabase();
        try (TestApp app = start(database)) {
            Api token = app.portal("acme");
            assertThat(session(app, token)).isEqualTo(200);

            CommandLineRun mark = CommandLineRun.of(environment(database), "restore", "--mark");

            assertThat(mark.code()).as(mark.err()).isZero();
            Await.until(() -> session(app, token) == 401);
        }
    }

    @Test
    void nothingIsRestoredIntoASharedDatabaseByTheCommand() {
        String database = TestServer.shared().newDatabase();

        CommandLineRun refused = CommandLineRun.of(environment(database), "restore", "some.db");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("restore --mark");
    }

    private static int session(TestApp app, Api token) {
        return new Api(app.app().url(), token.credential())
                .get("/api/v1/portal/session")
                .status();
    }

    private TestApp start(String database) {
        return TestApp.start(
                home.resolve("node"),
                InstantSource.system(),
                TestStorage.postgres(database),
                Optional.empty());
    }

    private static Map<String, String> environment(String database) {
        Map<String, String> environment = new HashMap<>();
        TestStorage.postgres(database)
                .forEach((name, value) -> environment.put(
                        "METERPORT_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return environment;
    }

    /** By pg_dump and pg_restore where they come with the server that tests use, else copied. */
    private String copyOf(String database) throws IOException, InterruptedException {
        Path bin = Path.of(System.getProperty("postgres.bin", "none"));
        if (!Files.exists(bin.resolve("pg_restore"))) {
            return TestServer.shared().newDatabase(database);
        }
        String restored = TestServer.shared().newDatabase();
        String dump = home.resolve("meterport.dump").toString();
        run(bin, "pg_dump", "--format=custom", "--file=" + dump, database);
        run(bin, "pg_restore", "--dbname=" + restored, "--exit-on-error", dump);
        return restored;
    }

    private static void run(Path bin, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                bin.resolve(program).toString(),
                "--host=127.0.0.1",
                "--port=" + TestServer.shared().port(),
                "--username=" + TestServer.USER));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("PGPASSWORD", TestServer.PASSWORD);
        assertThat(builder.start().waitFor()).as(program).isZero();
    }
}
