package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.application.access.Scope;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what, and how keys are managed. */
final class AccessTest {
    private static final String KEYS = "/api/v1/keys";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                Arguments.of("POST", "/api/v1/events", Scope.INGEST),
                Arguments.of("GET", "/api/v1/events", Scope.QUERY),
                Arguments.of("GET", "/api/v2/events", Scope.QUERY),
                Arguments.of("GET", "/api/v1/meters", Scope.QUERY),
                Arguments.of("POST", "/api/v1/meters", Scope.METERS),
                Arguments.of("GET", "/api/v1/meters/x", Scope.QUERY),
                Arguments.of("PUT", "/api/v1/meters/x", Scope.METERS),
                Arguments.of("DELETE", "/api/v1/meters/x", Scope.METERS),
                Arguments.of("GET", "/api/v1/meters/x/query", Scope.QUERY),
                Arguments.of("POST", "/api/v1/meters/x/query", Scope.QUERY),
                Arguments.of("GET", "/api/v1/meters/x/subjects", Scope.QUERY),
                Arguments.of("GET", "/api/v1/meters/x/group-by/y/values", Scope.QUERY),
                Arguments.of("GET", "/api/v1/subjects", Scope.QUERY),
                Arguments.of("POST", "/api/v1/subjects", Scope.METERS),
                Arguments.of("GET", "/api/v1/subjects/x", Scope.QUERY),
                Arguments.of("DELETE", "/api/v1/subjects/x", Scope.METERS),
                Arguments.of("POST", "/api/v1/portal/tokens", Scope.PORTAL_CREATE),
                Arguments.of("GET", "/api/v1/portal/tokens", Scope.PORTAL_REVOKE),
                Arguments.of("POST", "/api/v1/portal/tokens/invalidate", Scope.PORTAL_REVOKE),
                Arguments.of("GET", KEYS, Scope.ADMIN),
                Arguments.of("POST", KEYS, Scope.ADMIN),
                Arguments.of("DELETE", KEYS + "/x", Scope.ADMIN),
                Arguments.of("GET", "/metrics", Scope.ADMIN));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void wantsAKeyOfTheRightScopeAndDecidesThatFirst(String method, String path, Scope wanted) {
        for (Scope scope : Scope.values()) {
            Reply reply = api.call(method, path + "?from=a&limit=0", api.key(scope), "");

            boolean allowed = scope == wanted || scope == Scope.ADMIN;
            assertThat(reply.status() == 403).as(scope + " on " + path).isEqualTo(!allowed);
            if (!allowed) {
                assertThat(reply.code()).isEqualTo("insufficient-scope");
                assertThat(reply.header("WWW-Authenticate"))
                        .contains("Bearer realm=\"api\", error=\"insufficient_scope\"");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusesEveryOtherCredentialInTheSameBytes(String method, String path, Scope wanted) {
        String portal = api.token("alice");

        List<Reply> refusals = List.of(
                api.call(method, path, portal, ""),
                api.call(method, path, "om_sk_x", ""),
                api.call(method, path, api.admin + "x", ""),
                api.call(method, path, "", "", "Authorization: Basic abc"));
        Reply none = api.call(method, path, "", "");

        assertThat(refusals).extracting(Reply::body).containsOnly(none.body());
        assertThat(refusals).extracting(Reply::status).containsOnly(401);
        assertThat(refusals)
                .extracting(reply -> reply.header("WWW-Authenticate"))
                .containsOnly(Optional.of("Bearer realm=\"api\", error=\"invalid_token\""));
        assertThat(none.header("WWW-Authenticate")).contains("Bearer realm=\"api\"");
        assertThat(none.text("detail")).isEqualTo("A valid API key is required.");
    }

    @Test
    void keepsNamespacesApart() {
        String stranger = api.keyOf(new Namespace("other"), Scope.ADMIN);
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");
        String id = api.get("/api/v1/meters/calls").text("id");

        assertThat(api.get("/api/v1/meters", stranger).body()).isEqualTo("[]\n");
        assertThat(api.get("/api/v1/meters/" + id, stranger).code()).isEqualTo("unknown-meter");
        assertThat(api.get(KEYS, stranger).items()).hasSize(1);
    }

    @Test
    void makesAKeyAndShowsItOnce() {
        Reply made = api.post(
                KEYS,
                "{\"name\":\"ci\",\"scopes\":[\"query\",\"ingest\",\"query\"],\"expiresAt\":\"2026-11-21T00:00:00Z\"}");
        Reply listed = api.get(KEYS);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("key")).matches("om_sk_[0-9A-HJKMNP-TV-Z]{26}\\.[0-9A-Za-z]{49}");
        assertThat(made.body())
                .contains(
                        "\"name\":\"ci\",\"scopes\":[\"ingest\",\"query\"],\"namespace\":\"default\","
                                + "\"createdAt\":\"2026-11-20T12:00:00Z\",\"expiresAt\":\"2026-11-21T00:00:00Z\"");
        assertThat(listed.body())
                .contains(made.text("id"))
                .doesNotContain("om_sk_", "\"key\"", "hash");
        assertThat(api.get("/api/v1/meters", made.text("key")).status()).isEqualTo(200);
        api.time.pass(Duration.ofHours(12));
        assertThat(api.get("/api/v1/meters", made.text("key")).status()).isEqualTo(401);
    }

    @Test
    void makesAKeyForAnotherNamespace() {
        Reply made = api.post(KEYS, "{\"scopes\":[\"admin\"],\"namespace\":\"team-b\"}");

        assertThat(made.text("namespace")).isEqualTo("team-b");
        assertThat(api.get(KEYS, made.text("key")).items()).hasSize(1);
    }

    @Test
    @Threat("A17")
    void revokesAKeyAndTheTokensItMadeForTheVeryNextRequest() {
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"t\"}");
        Reply made = api.post(KEYS, "{\"scopes\":[\"portal:create\"]}");
        String token = api.call(
                        "POST",
                        "/api/v1/portal/tokens",
                        made.text("key"),
                        "{\"subject\":\"a\"}",
                        "Content-Type: application/json")
                .text("token");
        String mine = api.token("a");

        Reply first = api.delete(KEYS + "/" + made.text("id"));
        Reply again = api.delete(KEYS + "/" + made.text("id"));

        assertThat(first.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(204);
        assertThat(api.call("POST", "/api/v1/portal/tokens", made.text("key"), "")
                        .status())
                .isEqualTo(401);
        assertThat(api.get("/api/v1/portal/meters/calls/query", token).status()).isEqualTo(401);
        assertThat(api.get("/api/v1/portal/meters/calls/query", mine).status()).isEqualTo(200);
        assertThat(api.get(KEYS).body()).contains("\"revokedAt\":\"2026-11-20T12:00:00Z\"");
    }

    @Test
    @Threat("A17")
    void sparesTheTokensOfARotatedKeyIfToldTo() {
        Reply made = api.post(KEYS, "{\"scopes\":[\"portal:create\"]}");
        String key = KEYS + "/" + made.text("id");
        String token = api.call(
                        "POST",
                        "/api/v1/portal/tokens",
                        made.text("key"),
                        "{\"subject\":\"a\"}",
                        "Content-Type: application/json")
                .text("token");

        int spared = api.delete(key + "?revokeTokens=false").status();
        int oldKey = api.get("/api/v1/meters", made.text("key")).status();
        int alive = api.get("/api/v1/portal/session", token).status();
        int ended = api.delete(key).status();
        int dead = api.get("/api/v1/portal/session", token).status();

        assertThat(List.of(spared, oldKey, alive, ended, dead))
                .containsExactly(204, 401, 200, 204, 401);
        assertThat(api.delete(key + "?revokeTokens=no").code()).isEqualTo("invalid-parameter");
        assertThat(api.get("/api/v1/audit").body())
                .containsSubsequence("key-tokens.revoke", "key.revoke", "token.create");
    }

    @Test
    void doesNotFindAKeyOfAnotherNamespace() {
        String id = api.post(KEYS, "{\"scopes\":[\"query\"],\"namespace\":\"other\"}")
                .text("id");

        assertThat(api.delete(KEYS + "/" + id).code()).isEqualTo("unknown-key");
        assertThat(api.delete(KEYS + "/x").code()).isEqualTo("unknown-key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid-key",
                "{\"scopes\":[]} | invalid-key",
                "{\"scopes\":[\"root\"]} | invalid-key",
                "{\"scopes\":\"admin\"} | invalid-body",
                "{\"scopes\":[\"admin\"],\"namespace\":\"No\"} | invalid-namespace",
                "{\"scopes\":[\"admin\"],\"expiresAt\":\"2020-01-01\"} | invalid-body"
            })
    void refusesAKeyThatCannotBe(String body, String code) {
        Reply reply = api.post(KEYS, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "127.0.0.1",
                "127.0.0.1:8080",
                "[::1]",
                "[::1]:8080"
            })
    void needsNoKeyOnTheLoopbackIfSoConfigured(String host) {
        try (Api open = open()) {
            assertThat(hosted(open, host).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example:80",
                "0.0.0.0",
                "127.0.0.2",
                "[::2]"
            })
    void refusesAPageThatWasPointedAtTheLoopback(String host) {
        try (Api open = open()) {
            Reply reply = hosted(open, host);

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("host-not-allowed");
            assertThat(reply.headers("WWW-Authenticate")).isEmpty();
        }
    }

    @Test
    void tellsTheObserverWhoCalledAndNeverTheSecret() {
        api.get("/api/v1/meters?secret=1");

        assertThat(api.seen).singleElement().satisfies(seen -> {
            assertThat(seen.route()).isEqualTo("/api/v1/meters");
            assertThat(seen.caller()).contains(api.admin.substring(6, 32));
            assertThat(seen.toString()).doesNotContain("secret", api.admin.substring(33));
        });
    }

    private static Api open() {
        return new Api(settings -> new HttpSettings(
                settings.at(),
                settings.operators(),
                HttpSettings.Authentication.NONE,
                settings.corsOrigins(),
                settings.corsHeaders(),
                settings.listener(),
                settings.ingests(),
                settings.queries()));
    }

    private static Reply hosted(Api api, String host) {
        return Api.raw(
                api.server.port(),
                "GET /api/v1/meters HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }
}
