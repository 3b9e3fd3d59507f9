package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.bench.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies around the server fails, is read by a stranger, or was set up by mistake. */
class ThreatsITest {
    private static final String METER = """
            {"slug":"n","aggregation":"COUNT","eventType":"n"}""";

    @TempDir
    private Path data;

    /** A backup tool, say, holds the file: nothing is acknowledged that is not stored. */
    @Threat({"I9", "I12"})
    @Test
    void whileAnotherProgramHoldsTheFileNothingIsAcknowledged() throws SQLException {
        Map<String, String> impatient = Map.of("storage.sqlite.busy-timeout", "100ms");
        try (TestApp app = TestApp.start(data, InstantSource.system(), impatient)) {
            app.admin().post("/api/v1/meters", METER);
            Api token = app.portal("acme");
            try (Connection other = DriverManager.getConnection(
                            "jdbc:sqlite:" + data.resolve("meterport.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                Reply ingested = ingest(app.admin());
                Reply revoked = app.admin()
                        .post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"acme\"}");

                assertThat(List.of(ingested, revoked)).allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(503);
                    assertThat(reply.header("Retry-After")).isNotEmpty();
                });
                assertThat(token.get("/api/v1/portal/session").status()).isEqualTo(200);
                statement.execute("rollback");
            }

            assertThat(app.admin().get("/api/v1/meters/n/query").values()).containsExactly("0");
            assertThat(ingest(app.admin()).status()).isEqualTo(204);
            assertThat(app.admin().get("/api/v1/meters/n/query").values()).containsExactly("1");
            assertThat(app.admin()
                            .post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"acme\"}")
                            .status())
                    .isEqualTo(204);
            assertThat(token.get("/api/v1/portal/session").status()).isEqualTo(401);
        }
    }

    @Threat("I13")
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.9})
    void aFileThatWasCutIsNeverServedAsIfItWereWhole(double part) throws IOException {
        try (TestApp app = TestApp.start(data)) {
            app.admin().post("/api/v1/meters", METER);
            ingest(app.admin());
        }
        Path file = data.resolve("meterport.db");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) (whole.length * part)));

        CommandLineRun refused =
                CommandLineRun.of(Map.of(), "verify", "--offline", "--data", data.toString());

        assertThat(refused.code()).isNotZero();
        assertThat(refused.out() + refused.err()).containsAnyOf("damaged", "cannot be used");
    }

    @Threat({"I27", "I28"})
    @Test
    void whoReadsTheFilesFindsNoSecretThatOpensAnything() throws IOException {
        String key;
        String token;
        try (TestApp app = TestApp.start(data)) {
            key = app.admin().post("/api/v1/keys", "{\"scopes\":[\"query\"]}").text("key");
            token = app.portal("acme").credential().orElseThrow();
            app.admin().post("/api/v1/backups", "{}");
        }

        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains(key.substring(33))).as("%s", file).isFalse();
                assertThat(bytes.contains(token.substring(37))).as("%s", file).isFalse();
            }
        }
    }

    /** What cannot be a mistake of nobody: no start with a secret that everybody can read. */
    @Threat({"I25", "I30"})
    @Test
    void aStartHasNoCredentialsThatSomebodyElseKnows(@TempDir Path second) throws IOException {
        try (TestApp one = TestApp.start(data);
                TestApp other = TestApp.start(second)) {
            String mine = one.admin().credential().orElseThrow();

            assertThat(other.admin().as(mine).get("/api/v1/meters").status()).isEqualTo(401);
            assertThat(other.admin().asNobody().get("/api/v1/meters").status()).isEqualTo(401);
            for (String usual : List.of("admin", "secret", "changeme", "om_sk_", "password")) {
                assertThat(other.admin().as(usual).get("/api/v1/meters").status())
                        .isEqualTo(401);
            }
        }
        CommandLineRun onTheLine = CommandLineRun.of(
                Map.of(), "serve", "--data", data.toString(), "--admin-key", "x".repeat(40));
        assertThat(onTheLine.code()).isNotZero();
    }

    /** The heap ends: the process ends too, so that whoever watches it starts another. */
    @Threat("I23")
    @Test
    void theLauncherEndsAProcessThatIsOutOfMemory() throws IOException {
        assertThat(Files.readString(Path.of("meterport"))).contains("-XX:+ExitOnOutOfMemoryError");
    }

    /** The document that everybody can read says how to ask, and not what answers. */
    @Threat("H11")
    @Test
    void theDocumentTellsOfTheContractOnly() {
        try (TestApp app = TestApp.start(data)) {
            Api nobody = app.admin().asNobody();
            Reply document = nobody.get("/api/openapi.yaml");

            assertThat(document.status()).isEqualTo(200);
            assertThat(document.body().toLowerCase(Locale.ROOT))
                    .contains("openapi: 3")
                    .doesNotContain(
                            "io.meterport", "helidon", "jdbc", "sqlite", ".java", "127.0.0");
            for (String usual :
                    List.of("/openapi", "/swagger-ui", "/api-docs", "/observe", "/actuator")) {
                assertThat(nobody.get(usual).status()).as(usual).isEqualTo(404);
            }
        }
    }

    @Threat({"H9", "A35"})
    @Test
    void nobodyGetsAnotherAddressByClaimingIt(@TempDir Path second) {
        Map<String, String> strict = Map.of("portal.rates.bad-tokens-per-minute", "5");
        try (TestApp app = TestApp.start(data, InstantSource.system(), strict);
                TestApp other = TestApp.start(second)) {
            int port = app.app().url().getPort();
            String bad = other.portal("acme").credential().orElseThrow();
            List<Integer> statuses = Stream.iterate(0, i -> i + 1)
                    .limit(20)
                    .map(i -> RawHttp.status(RawHttp.send(
                            port,
                            RawHttp.request(
                                    "GET",
                                    "/api/v1/portal/session",
                                    "Authorization: Bearer " + bad,
                                    "X-Forwarded-For: 10.0.0." + i,
                                    "Forwarded: for=10.0.0." + i,
                                    "X-Real-IP: 10.0.0." + i))))
                    .toList();

            assertThat(statuses).startsWith(401).endsWith(429);
            assertThat(app.portal("acme").get("/api/v1/portal/session").status())
                    .isEqualTo(200);
        }
    }

    @Threat("A37")
    @Test
    void aKeyThatMakesTokensWithoutEndIsSlowedDown() {
        Map<String, String> strict =
                Map.of("portal.rates.tokens-per-second", "1", "portal.rates.tokens-burst", "5");
        try (TestApp app = TestApp.start(data, InstantSource.system(), strict)) {
            List<Reply> replies = Stream.generate(() ->
                            app.admin().post("/api/v1/portal/tokens", "{\"subject\":\"acme\"}"))
                    .limit(60)
                    .toList();

            assertThat(replies.getFirst().status()).isEqualTo(200);
            assertThat(replies).extracting(Reply::status).contains(429).containsOnly(200, 429);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 429)
                    .allSatisfy(reply -> assertThat(reply.header("Retry-After")).isNotEmpty());
        }
    }

    @Threat("I26")
    @Test
    void metricsHaveNoLabelThatASenderChooses() throws Exception {
        try (ServerProcess server = ServerProcess.start(data)) {
            Api admin = new Api(
                    URI.create("http://127.0.0.1:" + server.port()), Optional.of(server.key()));
            admin.ingest(
                    BATCH,
                    "[" + event("id-x1", "type-x1", "sub-x1", "2026-01-01T00:00:00Z", "{}") + "]");
            admin.get("/api/v1/meters/path-x1/query?groupBy=query-x1");

            assertThat(admin.get("/metrics").body()).doesNotContain("-x1");
        }
    }

    private static Reply ingest(Api admin) {
        return admin.ingest(
                BATCH, "[" + event("1", "n", "acme", "2026-01-01T00:00:00Z", "{}") + "]");
    }
}
