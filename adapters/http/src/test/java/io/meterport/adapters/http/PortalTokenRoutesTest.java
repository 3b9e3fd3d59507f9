package io.meterport.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.application.access.Scope;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Portal tokens, as backends make, list and revoke them. */
final class PortalTokenRoutesTest {
    private static final String TOKENS = "/api/v1/portal/tokens";
    private static final String INVALIDATE = TOKENS + "/invalidate";
    private static final String QUERY = "/api/v1/portal/meters/calls/query";

    private final Api api = new Api();

    @BeforeEach
    void define() {
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"request\"}");
        api.post(
                "/api/v1/meters",
                "{\"slug\":\"other\",\"aggregation\":\"COUNT\",\"eventType\":\"request\"}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void answersANewTokenWithItsSecretAndNoCopyForCaches() {
        Reply reply = api.post(
                TOKENS,
                "{\"subject\":\"alice\",\"allowedMeterSlugs\":[\"other\",\"calls\",\"other\"]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.text("token"))
                .matches("om_portal_[0-9A-HJKMNP-TV-Z]{26}\\.[0-9A-Za-z]{49}");
        assertThat(reply.body())
                .contains("\"subject\":\"alice\"")
                .contains("\"expiresAt\":\"2026-11-21T12:00:00Z\"")
                .contains("\"allowedMeterSlugs\":[\"other\",\"calls\"]")
                .doesNotContain("expired");
    }

    @Test
    void takesTheGuidesNameForTheMeters() {
        assertThat(api.post(TOKENS, "{\"subject\":\"a\",\"allowedMeters\":[\"calls\"]}")
                        .body())
                .contains("\"allowedMeterSlugs\":[\"calls\"]");
        assertThat(api.post(
                                TOKENS,
                                "{\"subject\":\"a\",\"allowedMeters\":[\"calls\"],\"allowedMeterSlugs\":[\"calls\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(api.post(
                                TOKENS,
                                "{\"subject\":\"a\",\"allowedMeters\":[\"calls\"],\"allowedMeterSlugs\":[\"other\"]}")
                        .code())
                .isEqualTo("conflicting-parameters");
    }

    @Test
    void ignoresMembersThatOnlyAnswersHave() {
        Reply reply = api.post(
                TOKENS,
                "{\"subject\":\"a\",\"id\":\"x\",\"token\":\"y\",\"createdAt\":1,\"namespace\":\"other\",\"expired\":true}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("createdAt")).isEqualTo("2026-11-20T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | invalid-body",
                "{\"subject\":null} | 400 | invalid-body",
                "{\"subject\":\"\"} | 400 | invalid-subject",
                "{\"subject\":\"a\",\"allowedMeterSlugs\":null} | 400 | invalid-body",
                "{\"subject\":\"a\",\"allowedMeterSlugs\":[]} | 400 | invalid-token",
                "{\"subject\":\"a\",\"allowedMeterSlugs\":[\"\"]} | 400 | invalid-slug",
                "{\"subject\":\"a\",\"allowedMeterSlugs\":[\"none\"]} | 404 | unknown-meter",
                "{\"subject\":\"a\",\"expiresAt\":null} | 400 | invalid-body",
                "{\"subject\":\"a\",\"expiresAt\":\"tomorrow\"} | 400 | invalid-body"
            })
    void refusesATokenThatCannotBe(String body, int status, String code) {
        Reply reply = api.post(TOKENS, body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(api.get(TOKENS).body()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T12:00:00Z",
                "2020-01-01T00:00:00Z",
                "2026-12-21T12:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void refusesALifeThatIsOverOrTooLong(String expiresAt) {
        Reply reply = api.post(TOKENS, "{\"subject\":\"a\",\"expiresAt\":\"" + expiresAt + "\"}");

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void listsTheNewestFirstPageByPageAndWithoutSecrets() {
        List<String> secrets = List.of(api.token("a"), api.token("b", "calls"), api.token("a"));
        api.time.pass(Duration.ofHours(24));

        Reply all = api.get(TOKENS);
        Reply first = api.get(TOKENS + "?limit=2");
        Reply second = api.get(
                TOKENS + "?limit=2&cursor=" + first.header("Next-Cursor").orElseThrow());

        assertThat(ids(all))
                .containsExactly(id(secrets.get(2)), id(secrets.get(1)), id(secrets.get(0)));
        assertThat(ids(first)).containsExactly(id(secrets.get(2)), id(secrets.get(1)));
        assertThat(ids(second)).containsExactly(id(secrets.get(0)));
        assertThat(second.header("Next-Cursor")).isEmpty();
        assertThat(ids(api.get(TOKENS + "?subject=b"))).containsExactly(id(secrets.get(1)));
        assertThat(all.body())
                .contains("\"expired\":true")
                .contains("\"allowedMeterSlugs\":[\"calls\"]")
                .doesNotContain("om_portal_", "\"token\"", "hash", "revokedAt");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, invalid-parameter",
        "limit=101, invalid-parameter",
        "cursor=x, invalid-cursor",
        "subject=, invalid-subject"
    })
    void refusesAListThatCannotBe(String query, String code) {
        assertThat(api.get(TOKENS + "?" + query).code()).isEqualTo(code);
    }

    @Test
    @Threat("A18")
    void revokesOneTokenForTheVeryNextRequest() {
        String dead = api.token("a");
        String alive = api.token("a");

        Reply reply = api.post(INVALIDATE, "{\"id\":\"" + id(dead) + "\"}");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Revocation-Seq")).contains("1");
        assertThat(api.get(QUERY, dead).status()).isEqualTo(401);
        assertThat(api.get(QUERY, alive).status()).isEqualTo(200);
        assertThat(api.get(TOKENS).body()).contains("\"revokedAt\":\"2026-11-20T12:00:00Z\"");
    }

    @Test
    @Threat("A19")
    void revokesAllTokensOfASubjectAndNoneMadeLater() {
        String dead = api.token("a");
        String other = api.token("b");

        api.post(INVALIDATE, "{\"subject\":\"a\"}");
        String later = api.token("a");

        assertThat(api.get(QUERY, dead).status()).isEqualTo(401);
        assertThat(api.get(QUERY, other).status()).isEqualTo(200);
        assertThat(api.get(QUERY, later).status()).isEqualTo(200);
    }

    @Test
    @Threat("A20")
    void revokesAllTokensForAnAdminOnly() {
        String token = api.token("a");
        String key = api.key(Scope.PORTAL_REVOKE);

        Reply refused = api.call(
                "POST", INVALIDATE, key, "{\"all\":true}", "Content-Type: application/json");
        int before = api.get(QUERY, token).status();
        Reply done = api.post(INVALIDATE, "{\"all\":true}");

        assertThat(refused.code()).isEqualTo("insufficient-scope");
        assertThat(before).isEqualTo(200);
        assertThat(done.status()).isEqualTo(204);
        assertThat(api.get(QUERY, token).status()).isEqualTo(401);
    }

    @Test
    @Threat("A22")
    void leavesTokensOfAnotherNamespaceAlone() {
        String token = api.token("a");
        String stranger = api.keyOf(new Namespace("other"), Scope.ADMIN);

        for (String body : List.of(
                "{\"id\":\"" + id(token) + "\"}", "{\"subject\":\"a\"}", "{\"all\":true}")) {
            Reply reply =
                    api.call("POST", INVALIDATE, stranger, body, "Content-Type: application/json");
            assertThat(reply.status()).isEqualTo(204);
        }

        assertThat(api.get(QUERY, token).status()).isEqualTo(200);
        assertThat(api.get(TOKENS, stranger).body()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid-body",
                "{\"id\":\"\"} | invalid-id",
                "{\"id\":null} | invalid-body",
                "{\"subject\":\"\"} | invalid-subject",
                "{\"id\":\"01KAQ3W8ZC5V7N2M4T6R9X1YHB\",\"subject\":\"a\"} | conflicting-parameters",
                "{\"all\":false} | invalid-body",
                "{\"apiKeyId\":\"x\"} | invalid-id"
            })
    @Threat("A22")
    void refusesARevocationThatCannotBe(String body, String code) {
        Reply reply = api.post(INVALIDATE, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void acceptsTheIdOfATokenThatIsNotThere() {
        assertThat(api.post(INVALIDATE, "{\"id\":\"01KAQ3W8ZC5V7N2M4T6R9X1YHB\"}")
                        .status())
                .isEqualTo(204);
    }

    private static List<String> ids(Reply reply) {
        return reply.items().stream()
                .map(item -> ((Json.Text) ((Json.Obj) item).members().get("id")).value())
                .toList();
    }

    private static String id(String secret) {
        return secret.substring("om_portal_".length(), secret.indexOf('.'));
    }
}
