package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.TestApp.TestClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, restore, verification, retention and erasure, as an operator meets them. */
class UpkeepJourneyTest {
    private static final String METER = """
            {"slug":"tokens","aggregation":"SUM","eventType":"prompt","valueProperty":"$.tokens",\
            "groupBy":{"model":"$.model"}}""";

    @TempDir
    private Path home;

    @Test
    @Tag("sqlite")
    void aBackupMadeUnderLoadHoldsAllThatWasAcknowledgedBefore() {
        try (TestApp app = start("a")) {
            Api admin = app.admin();
            admin.post("/api/v1/meters", METER);
            send(admin, 0, 1_000, "acme");
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                for (int batch = 1; batch <= 10; batch++) {
                    send(admin, batch * 1_000, 100, "globex");
                }
            });

            CommandLineRun backup = run(app, "backup", "--name", "one.db");
            load.join();

            assertThat(backup.code()).as(backup.err()).isZero();
            Path file = home.resolve("a/backups/one.db");
            assertThat(backup.out().strip()).isEqualTo(file.toString());
            assertThat(rights(file)).isEqualTo("rw-------");
            assertThat(files(file.getParent())).containsExactly("one.db");
        }

        CommandLineRun restore =
                command("restore", home.resolve("a/backups/one.db").toString(), "--data", "b");
        assertThat(restore.code()).as(restore.err()).isZero();
        assertThat(restore.out()).contains("Every portal token made before now is dead");
        try (TestApp app = startRestored("b")) {
            Api admin = app.admin();

            assertThat(total(admin, "acme")).isEqualTo("1000");
            assertThat(run(app, "verify").code()).isZero();
            send(admin, 0, 1_000, "acme");
            assertThat(total(admin, "acme")).isEqualTo("1000");
        }
    }

    @Threat("I18")
    @Test
    @Tag("sqlite")
    void aTokenRevokedAfterTheBackupIsDeadAfterTheRestore() {
        Api token;
        try (TestApp app = start("a")) {
            app.admin().post("/api/v1/meters", METER);
            token = app.portal("acme");
            assertThat(run(app, "backup", "--name", "one.db").code()).isZero();
            app.admin().post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"acme\"}");
        }

        command("restore", home.resolve("a/backups/one.db").toString(), "--data", "b");

        try (TestApp app = startRestored("b")) {
            Api old = new Api(app.app().url(), token.credential());
            assertThat(old.get("/api/v1/portal/session").status()).isEqualTo(401);
            assertThat(app.portal("acme").get("/api/v1/portal/session").status())
                    .isEqualTo(200);
            assertThat(app.admin().get("/api/v1/audit").body()).contains("global.revoke");
        }
    }

    @Test
    @Tag("sqlite")
    void markingAFolderThatWasCopiedEndsItsTokensToo() {
        Api token;
        try (TestApp app = start("a")) {
            app.admin().post("/api/v1/meters", METER);
            token = app.portal("acme");
        }

        CommandLineRun mark = command("restore", "--mark", "--data", "a");

        assertThat(mark.code()).as(mark.err()).isZero();
        try (TestApp app = start("a")) {
            Api old = new Api(app.app().url(), token.credential());
            assertThat(old.get("/api/v1/portal/session").status()).isEqualTo(401);
        }
    }

    @Test
    @Tag("sqlite")
    void restoresOverADatabaseOnlyWhenToldAndKeepsTheOldOne() {
        try (TestApp app = start("a")) {
            app.admin().post("/api/v1/meters", METER);
            send(app.admin(), 0, 10, "acme");
            assertThat(run(app, "backup", "--name", "one.db").code()).isZero();
            send(app.admin(), 100, 10, "acme");
        }
        String backup = home.resolve("a/backups/one.db").toString();

        CommandLineRun refused = command("restore", backup, "--data", "a");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("--replace");
        try (TestApp app = start("a")) {
            assertThat(total(app.admin(), "acme")).isEqualTo("20");
            CommandLineRun running = command("restore", backup, "--data", "a", "--replace");
            assertThat(running.code()).isEqualTo(1);
            assertThat(running.err()).contains("in use by another running Meterport");
        }

        CommandLineRun replaced = command("restore", backup, "--data", "a", "--replace");

        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(replaced.out()).contains("The database that was there is in");
        assertThat(files(home.resolve("a"))).anyMatch(name -> name.startsWith("replaced-"));
        try (TestApp app = start("a")) {
            assertThat(total(app.admin(), "acme")).isEqualTo("10");
        }
    }

    @Test
    @Tag("sqlite")
    void refusesToRestoreWhatIsNoSoundBackup() throws IOException {
        try (TestApp app = start("a")) {
            app.admin().post("/api/v1/meters", METER);
            send(app.admin(), 0, 500, "acme");
            assertThat(run(app, "backup", "--name", "one.db").code()).isZero();
        }
        Path good = home.resolve("a/backups/one.db");
        Path flipped = Files.copy(good, home.resolve("flipped.db"));
        flipInside(flipped);
        Path text = Files.writeString(home.resolve("text.db"), "no database at all ".repeat(500));
        Path newer = Files.copy(good, home.resolve("newer.db"));
        execute(newer, "pragma user_version = 99");
        Path empty = Files.createFile(home.resolve("empty.db"));

        for (Path bad : List.of(flipped, text, newer, empty, home.resolve("none.db"))) {
            CommandLineRun refused = command("restore", bad.toString(), "--data", "b");

            assertThat(refused.code()).as(bad.toString()).isEqualTo(1);
            assertThat(refused.err()).startsWith("meterport: ").doesNotContain("fault");
            assertThat(home.resolve("b/meterport.db")).doesNotExist();
        }
    }

    @Test
    @Tag("sqlite")
    void verificationTellsEveryDifferenceOnlineAndOffline() {
        try (TestApp app = start("a")) {
            app.admin().post("/api/v1/meters", METER);
            send(app.admin(), 0, 100, "acme");
            CommandLineRun sound = run(app, "verify");
            assertThat(sound.code()).as(sound.out()).isZero();
            assertThat(sound.out()).contains("0 differences; 100 events, 1 meters");
        }
        assertThat(command("verify", "--offline", "--data", "a").code()).isZero();
        execute(home.resolve("a/meterport.db"), "delete from rollup_hours where series = 0");

        CommandLineRun offline = command("verify", "--offline", "--data", "a");
        assertThat(offline.code()).isEqualTo(1);
        assertThat(offline.out()).contains("meter tokens of default, all subjects, hour");
        try (TestApp app = start("a")) {
            assertThat(run(app, "verify").code()).isEqualTo(1);
        }
    }

    @Test
    void eventsOlderThanTheHorizonAreForgottenAndTheirUsageStays() {
        TestClock clock = new TestClock("2026-11-20T12:00:00Z");
        String old = "2026-06-01T10:15:00Z";
        try (TestApp app = TestApp.start(home.resolve("a"), clock, Map.of())) {
            app.admin().post("/api/v1/meters", METER);
            ingest(app.admin(), event("old", "prompt", "acme", old, "{\"tokens\":5}"));
            ingest(
                    app.admin(),
                    event("new", "prompt", "acme", "2026-11-20T10:15:00Z", "{\"tokens\":7}"));
        }
        Map<String, String> settings = Map.of("data.keep-events", "30d");

        try (TestApp app = TestApp.start(home.resolve("a"), clock, settings)) {
            Api admin = app.admin();
            Await.until(() -> ingest(admin, event("old", "prompt", "acme", old, "{\"tokens\":5}"))
                            .status()
                    == 400);
            Reply refused = ingest(admin, event("older", "prompt", "acme", old, "{\"tokens\":5}"));

            assertThat(refused.text("code")).isEqualTo("event-too-old");
            assertThat(refused.body()).contains("2026-10-21T12:00:00Z");
            assertThat(total(admin, "acme")).isEqualTo("12");
            String usage = "/api/v1/meters/tokens/query?from=2026-06-01T10:00:00Z";
            assertThat(admin.get(usage + "&to=2026-06-01T11:00:00Z").values()).containsExactly("5");
            Reply minutes = admin.get(usage + "&to=2026-06-01T11:00:00Z&windowSize=MINUTE");
            assertThat(minutes.text("code")).isEqualTo("before-horizon");
            assertThat(minutes.body()).contains("2026-10-21T12:00:00Z");
            assertThat(admin.get("/api/v1/events").items()).hasSize(1);
            String filter =
                    "/api/v2/events?filter=%7B%22time%22:%7B%22%24gte%22:%22" + old + "%22%7D%7D";
            assertThat(admin.get(filter).text("code")).isEqualTo("before-horizon");
            admin.post("/api/v1/meters", METER.replace("\"tokens\"", "\"later\""));
            Await.until(() -> admin.get("/api/v1/meters/later").text("building").isEmpty());
            assertThat(admin.get("/api/v1/meters/later").text("dataFrom"))
                    .isEqualTo("2026-10-21T12:00:00Z");
            assertThat(admin.get("/api/v1/meters/tokens").text("dataFrom")).isEmpty();
            assertThat(admin.get("/api/v1/meters/later/query").values()).containsExactly("7");
            assertThat(app.portal("acme").get("/api/v1/portal/meters").body())
                    .contains("\"dataFrom\":\"2026-10-21T12:00:00Z\"");
            assertThat(run(app, "verify").code()).isZero();
        }
    }

    @Test
    void anErasedSubjectIsGoneWhileEventsOfOthersAndItselfKeepComing() {
        try (TestApp app = start("a")) {
            Api admin = app.admin();
            admin.post("/api/v1/meters", METER);
            admin.post("/api/v1/subjects", "[{\"key\":\"acme\",\"displayName\":\"Acme\"}]");
            send(admin, 0, 3_000, "acme");
            send(admin, 10_000, 10, "globex");
            Api token = app.portal("acme");
            CompletableFuture<Void> load = CompletableFuture.runAsync(() ->
                    IntStream.range(0, 20).forEach(i -> send(admin, 20_000 + i, 1, "globex")));

            CommandLineRun unsure = run(app, "subjects", "erase", "acme");
            CommandLineRun erased = run(app, "subjects", "erase", "acme", "--yes");
            load.join();

            assertThat(unsure.code()).isEqualTo(1);
            assertThat(unsure.err()).contains("--yes");
            assertThat(erased.out().strip()).isEqualTo("erased 3000 events and 1 tokens");
            assertThat(token.get("/api/v1/portal/session").status()).isEqualTo(401);
            assertThat(admin.get("/api/v1/subjects/acme").status()).isEqualTo(404);
            assertThat(admin.get("/api/v1/events?subject=acme").items()).isEmpty();
            assertThat(total(admin, "acme")).isEqualTo("");
            assertThat(admin.get("/api/v1/meters/tokens/query").values()).containsExactly("30");
            assertThat(admin.get("/api/v1/audit").body()).contains("subject.erase");
            assertThat(run(app, "verify").code()).isZero();

            send(admin, 0, 3_000, "acme");
            assertThat(total(admin, "acme")).as("an erased event stays erased").isEqualTo("");
            send(admin, 50_000, 2, "acme");
            assertThat(total(admin, "acme")).isEqualTo("2");
        }
    }

    private TestApp start(String folder) {
        return TestApp.start(home.resolve(folder));
    }

    /** A restored folder has the keys of the backup, whose file is not part of it. */
    private TestApp startRestored(String folder) {
        try {
            Files.copy(home.resolve("a/admin-key"), home.resolve(folder).resolve("admin-key"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return start(folder);
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

    /** Without a server; what follows --data is a folder of this test. */
    private CommandLineRun command(String... arguments) {
        String[] resolved = arguments.clone();
        for (int i = 1; i < resolved.length; i++) {
            if (resolved[i - 1].equals("--data")) {
                resolved[i] = home.resolve(resolved[i]).toString();
            }
        }
        return CommandLineRun.of(Map.of(), resolved);
    }

    private static Reply ingest(Api api, String event) {
        return api.ingest(Api.EVENT, event);
    }

    /** Events of one token each, spread over some days. */
    private static void send(Api api, int first, int count, String subject) {
        String events = IntStream.range(first, first + count)
                .mapToObj(i -> event(
                        "id-" + i,
                        "prompt",
                        subject,
                        "2026-01-%02dT%02d:%02d:00Z".formatted(1 + i % 9, i % 24, i % 60),
                        "{\"tokens\":1,\"model\":\"m" + i % 3 + "\"}"))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(api.ingest(BATCH, events).status()).isEqualTo(204);
    }

    private static String total(Api api, String subject) {
        List<String> values =
                api.get("/api/v1/meters/tokens/query?subject=" + subject).values();
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static List<String> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String rights(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes one byte of what some event holds. */
    private static void flipInside(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf("{\"tokens\":1,");
        assertThat(at).as("where an event lies in the file").isPositive();
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at + 10L);
            open.write('7');
        }
    }

    private static void execute(Path file, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
