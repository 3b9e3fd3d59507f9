package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.application.access.Scope;
import io.meterport.bootstrap.OpenApi.Operation;
import io.meterport.bootstrap.settings.SettingsReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: every operation of docs/openapi.yaml with every kind of credential. */
class AccessJourneyTest {
    @TempDir
    private static Path data;

    private static TestApp app;
    private static final Map<Scope, String> KEYS = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        app = TestApp.start(data);
        Arrays.stream(Scope.values()).forEach(scope -> KEYS.put(scope, key(scope)));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @TestFactory
    @Threat("A26")
    Stream<DynamicTest> aKeyMayDoWhatItsScopeSaysAndNothingElse() {
        return guarded()
                .flatMap(operation -> KEYS.keySet().stream()
                        .map(scope -> DynamicTest.dynamicTest(
                                operation + " with " + scope.text(),
                                () -> requireScope(operation, scope))));
    }

    @TestFactory
    @Threat({"A24", "A25"})
    Stream<DynamicTest> nobodyGetsInWithoutTheRightKindOfCredential() {
        String token = app.portal("acme").credential().orElseThrow();
        String key = KEYS.get(Scope.ADMIN);
        return OpenApi.read().operations().stream()
                .filter(operation -> operation.scope().isPresent() || operation.portal())
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    String realm = operation.portal() ? "portal" : "api";
                    String wrongKind = operation.portal() ? key : token;
                    for (String wrong : List.of(wrongKind, "x", key + "x", "om_sk_")) {
                        Reply reply = call(app.admin().as(wrong), operation);
                        assertThat(reply.status()).isEqualTo(401);
                        assertThat(reply.header("WWW-Authenticate"))
                                .isEqualTo(
                                        "Bearer realm=\"" + realm + "\", error=\"invalid_token\"");
                    }
                    Reply nobody = call(app.admin().asNobody(), operation);
                    assertThat(nobody.status()).isEqualTo(401);
                    assertThat(nobody.header("WWW-Authenticate"))
                            .isEqualTo("Bearer realm=\"" + realm + "\"");
                }));
    }

    @Test
    void theDocumentNamesAScopeForWhateverNeedsAKey() {
        List<String> open = OpenApi.read().operations().stream()
                .filter(operation -> operation.scope().isEmpty() && !operation.portal())
                .map(Operation::toString)
                .toList();

        assertThat(open)
                .containsExactlyInAnyOrder(
                        "OPTIONS /api/v1/portal/meters/{meterSlug}/query",
                        "GET /api/openapi.yaml",
                        "GET /health/live",
                        "GET /health/ready");
    }

    @Test
    void aRevokedKeyIsRefusedByTheVeryNextRequestAndSoAreItsTokens() {
        Reply created =
                app.admin().post("/api/v1/keys", "{\"scopes\":[\"query\",\"portal:create\"]}");
        Api holder = app.admin().as(created.text("key"));
        String token =
                holder.post("/api/v1/portal/tokens", "{\"subject\":\"acme\"}").text("token");
        String query = "/api/v1/portal/meters/none/query";
        assertThat(holder.get("/api/v1/meters").status()).isEqualTo(200);
        assertThat(holder.as(token).get(query).status()).isEqualTo(404);

        app.admin().delete("/api/v1/keys/" + created.text("id"));

        assertThat(holder.get("/api/v1/meters").status()).isEqualTo(401);
        assertThat(holder.as(token).get(query).status()).isEqualTo(401);
    }

    @Test
    void theEnvironmentsKeyHoldsWhileTheProcessRunsAndIsStoredNowhere(@TempDir Path folder)
            throws Exception {
        String key = "environment-key-of-thirty-two-letters";
        var settings = SettingsReader.read(
                Optional.empty(),
                Map.of(),
                Map.of("server.port", "0", "data.dir", folder.toString()));
        var outside = Outside.real(Map.of("METERPORT_ADMIN_KEY", key));
        try (App own = new App(settings, outside)) {
            Api holder = new Api(own.url(), Optional.of(key));

            assertThat(holder.get("/api/v1/keys").status()).isEqualTo(200);
            assertThat(holder.get("/api/v1/keys").items()).hasSize(1);
            assertThat(holder.as(key + "x").get("/api/v1/keys").status()).isEqualTo(401);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(key);
            }
        }
    }

    @Test
    void withoutKeysOnlyALoopbackNameIsServed(@TempDir Path folder) throws IOException {
        try (TestApp open =
                TestApp.start(folder, InstantSource.system(), Map.of("auth.type", "none"))) {
            Api anybody = open.admin().asNobody();

            assertThat(anybody.get("/api/v1/meters").status()).isEqualTo(200);
            assertThat(statusLine(anybody.url(), "localhost")).contains(" 200 ");
            assertThat(statusLine(anybody.url(), "[::1]:1")).contains(" 200 ");
            assertThat(statusLine(anybody.url(), "attacker.example")).contains(" 403 ");
        }
    }

    /** Java's own client would not send another Host. */
    private static String statusLine(URI url, String host) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = "GET /api/v1/meters HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
            return new BufferedReader(in).readLine();
        }
    }

    @Test
    void operatorsCanHaveAListenerOfTheirOwn(@TempDir Path folder) {
        try (TestApp two = TestApp.start(
                folder, InstantSource.system(), Map.of("server.operators.port", "0"))) {
            Api operators = two.admin();
            Api publicly = new Api(two.app().url(), operators.credential());

            assertThat(publicly.get("/api/v1/meters").status()).isEqualTo(404);
            assertThat(publicly.get("/metrics").status()).isEqualTo(404);
            assertThat(publicly.post("/api/v1/portal/tokens", "{}").status()).isEqualTo(404);
            assertThat(two.portal("acme")
                            .get("/api/v1/portal/meters/none/query")
                            .status())
                    .isEqualTo(404);
            assertThat(publicly.get("/health/ready").status()).isEqualTo(200);
            assertThat(operators.get("/api/v1/meters").status()).isEqualTo(200);
            assertThat(operators.asNobody().get("/metrics").body())
                    .contains("meterport_http_requests_seconds_count");
        }
    }

    private static Stream<Operation> guarded() {
        return OpenApi.read().operations().stream()
                .filter(operation -> operation.scope().isPresent());
    }

    private static void requireScope(Operation operation, Scope scope) {
        Reply reply = call(app.admin().as(KEYS.get(scope)), operation);
        String needed = operation.scope().orElseThrow();

        if (scope == Scope.ADMIN || scope.text().equals(needed)) {
            assertThat(reply.status()).as(reply.body()).isNotIn(401, 403, 405);
        } else {
            assertThat(reply.status()).as(reply.body()).isEqualTo(403);
            assertThat(reply.text("code")).isEqualTo("insufficient-scope");
        }
    }

    private static Reply call(Api api, Operation operation) {
        String path = operation.path().replaceAll("\\{[a-zA-Z]+}", "01KAQ3W8ZC5V7N2M4T6R9X1YHB");
        String body = operation.node().has("requestBody") ? "{}" : "";
        return api.call(operation.method(), path, "Content-Type", "application/json", body);
    }

    private static String key(Scope scope) {
        return app.admin()
                .post("/api/v1/keys", "{\"scopes\":[\"" + scope.text() + "\"]}")
                .text("key");
    }
}
