package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.BATCH;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.TestApp.TestClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer with a portal token sees its own usage, all of it and nothing else, while it may. */
class PortalJourneyTest {
    private static final String QUERY = "/api/v1/portal/meters/tokens/query";

    private final TestClock clock = new TestClock("2026-11-20T12:00:00Z");

    @TempDir
    private Path data;

    private TestApp app;

    /** Every value of acme's is odd and every one of globex's even, as are their sums. */
    @BeforeEach
    void startWithTwoCustomers() {
        app = TestApp.start(data, clock, Map.of());
        meter("tokens");
        meter("seats");
        String events = IntStream.range(0, 9)
                .mapToObj(i -> prompt("a" + i, "acme", i, "1" + i * 20) + ","
                        + prompt("g" + i, "globex", i, "2" + i * 20))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(app.admin().ingest(BATCH, events).status()).isEqualTo(204);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void showsACustomerItsOwnUsageAndNobodyElses() {
        Reply acme = app.portal("acme").get(QUERY + "?windowSize=HOUR&groupBy=model");
        Reply globex = app.portal("globex").get(QUERY + "?windowSize=HOUR&groupBy=model");

        assertThat(acme.status()).isEqualTo(200);
        assertThat(acme.rows())
                .hasSize(9)
                .allMatch(row -> Reply.text(row, "subject").equals("acme"));
        assertThat(acme.values()).allMatch(value -> value.startsWith("1"));
        assertThat(globex.values()).hasSize(9).allMatch(value -> value.startsWith("2"));
        assertThat(acme.header("Cache-Control")).isIn("no-store", "private, no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject=globex",
                "subject=globex&subject=acme",
                "SUBJECT=globex",
                "subject[]=globex",
                "subject%5B%5D=globex",
                "sub%6Aect=globex",
                "customer=globex",
                "namespace=other",
            })
    void ignoresEveryWayToNameAnother(String parameter) {
        Api acme = app.portal("acme");

        Reply asked = acme.get(QUERY + "?windowSize=DAY&" + parameter);

        assertThat(asked.body()).isEqualTo(acme.get(QUERY + "?windowSize=DAY").body());
    }

    @Test
    void refusesARevokedTokenAtTheVeryNextRequest() {
        for (int i = 0; i < 20; i++) {
            Api acme = app.portal("acme");
            assertThat(acme.get(QUERY).status()).isEqualTo(200);
            String id = acme.credential().orElseThrow().substring(10, 36);

            Reply revoked =
                    app.admin().post("/api/v1/portal/tokens/invalidate", "{\"id\":\"" + id + "\"}");

            assertThat(revoked.status()).isEqualTo(204);
            assertThat(revoked.header("Revocation-Seq")).isEqualTo(String.valueOf(i + 1));
            assertThat(acme.get(QUERY).status()).isEqualTo(401);
        }
    }

    @Test
    void revokesEveryTokenOfASubjectAndNoneMadeAfterwards() {
        List<Api> before = List.of(app.portal("acme"), app.portal("acme"));
        Api other = app.portal("globex");

        app.admin().post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"acme\"}");
        Api after = app.portal("acme");

        assertThat(before).allMatch(token -> token.get(QUERY).status() == 401);
        assertThat(other.get(QUERY).status()).isEqualTo(200);
        assertThat(after.get(QUERY).status()).isEqualTo(200);
    }

    @Test
    void keepsARevokedTokenDeadThroughARestart() {
        Api acme = app.portal("acme");
        app.admin().post("/api/v1/portal/tokens/invalidate", "{\"all\":true}");
        app.close();
        app = TestApp.start(data, clock, Map.of());

        Reply refused = new Api(app.app().url(), acme.credential()).get(QUERY);

        assertThat(refused.status()).isEqualTo(401);
    }

    @Test
    void listsTokensNewestFirstAndNeverASecret() {
        Api first = app.portal("acme");
        Api second = app.portal("globex");
        String dead = first.credential().orElseThrow().substring(10, 36);
        app.admin().post("/api/v1/portal/tokens/invalidate", "{\"id\":\"" + dead + "\"}");

        Reply list = app.admin().get("/api/v1/portal/tokens");
        Reply page = app.admin().get("/api/v1/portal/tokens?limit=1");
        Reply next = app.admin()
                .get("/api/v1/portal/tokens?limit=1&cursor=" + page.header("Next-Cursor"));
        Reply ofAcme = app.admin().get("/api/v1/portal/tokens?subject=acme");

        assertThat(subjects(list)).containsExactly("globex", "acme");
        assertThat(list.items().getLast()).containsKey("revokedAt");
        assertThat(list.items().getFirst()).doesNotContainKey("revokedAt");
        assertThat(subjects(page)).containsExactly("globex");
        assertThat(subjects(next)).containsExactly("acme");
        assertThat(next.header("Next-Cursor")).isEmpty();
        assertThat(subjects(ofAcme)).containsExactly("acme");
        assertThat(list.body()).doesNotContain(secret(first), secret(second), "\"token\"", "hash");
    }

    @Test
    void refusesARestrictedTokenInTheSameWordsWhetherAMeterExistsOrNot() {
        Api acme = app.token("{\"subject\":\"acme\",\"allowedMeterSlugs\":[\"tokens\"]}");

        Reply allowed = acme.get(QUERY);
        Reply existing = acme.get("/api/v1/portal/meters/seats/query");
        Reply unknown = acme.get("/api/v1/portal/meters/nothing/query");
        Reply noSlug = acme.get("/api/v1/portal/meters/No-Slug/query");

        assertThat(allowed.status()).isEqualTo(200);
        assertThat(existing.status()).isEqualTo(403);
        assertThat(existing.text("code")).isEqualTo("insufficient-scope");
        assertThat(existing.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"portal\", error=\"insufficient_scope\"");
        assertThat(anonymous(unknown)).isEqualTo(anonymous(existing));
        assertThat(anonymous(noSlug)).isEqualTo(anonymous(existing));
    }

    @Test
    @Threat("A28")
    void bindsARestrictedTokenToTheMeterAndNotToItsName() {
        Api acme = app.token("{\"subject\":\"acme\",\"allowedMeterSlugs\":[\"tokens\"]}");
        app.admin().delete("/api/v1/meters/tokens");
        meter("tokens");

        assertThat(acme.get(QUERY).status()).isEqualTo(403);
        assertThat(app.portal("acme").get(QUERY).status()).isEqualTo(200);
    }

    @Test
    @Threat("A13")
    void endsATokenAtItsLastMomentAndNotBefore() {
        Api acme = app.token("{\"subject\":\"acme\",\"expiresAt\":\"2026-11-20T12:05:00Z\"}");

        clock.set("2026-11-20T12:04:59.999999Z");
        int before = acme.get(QUERY).status();
        clock.set("2026-11-20T12:05:00Z");
        int at = acme.get(QUERY).status();
        clock.set("2026-11-20T12:04:00Z");
        int setBack = acme.get(QUERY).status();

        assertThat(List.of(before, at, setBack)).containsExactly(200, 401, 401);
    }

    @Test
    void judgesNoTokenWhileTheClockIsFarBehind() {
        Api acme = app.portal("acme");
        app.close();
        clock.set("2026-11-20T11:00:00Z");
        app = TestApp.start(data, clock, Map.of());
        Api again = new Api(app.app().url(), acme.credential());

        Reply behind = again.get(QUERY);
        clock.set("2026-11-20T12:00:01Z");
        Reply right = again.get(QUERY);

        assertThat(behind.status()).isEqualTo(503);
        assertThat(behind.text("code")).isEqualTo("clock-behind");
        assertThat(behind.header("Retry-After")).isNotEmpty();
        assertThat(right.status()).isEqualTo(200);
    }

    @Test
    void tellsNoForgedTokenFromARevokedOrExpiredOne() {
        Api acme = app.portal("acme");
        String token = acme.credential().orElseThrow();
        Api other = app.portal("acme");
        app.admin().post("/api/v1/portal/tokens/invalidate", "{\"subject\":\"acme\"}");
        String swapped =
                token.substring(0, 37) + other.credential().orElseThrow().substring(37);

        List<String> answers =
                List.of(token, swapped, token.substring(1), "x", "om_portal_").stream()
                        .map(text -> anonymous(acme.as(text).get(QUERY)))
                        .distinct()
                        .toList();

        assertThat(answers).hasSize(1);
        assertThat(acme.as(token).get(QUERY).header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"portal\", error=\"invalid_token\"");
        assertThat(acme.asNobody().get(QUERY).header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"portal\"");
    }

    @Test
    @Threat("A12")
    void keepsNamespacesApartThoughSlugsAndSubjectsAreEqual() {
        String key = app.admin()
                .post("/api/v1/keys", "{\"scopes\":[\"admin\"],\"namespace\":\"other\"}")
                .text("key");
        Api other = app.admin().as(key);
        other.post("/api/v1/meters", meterBody("tokens"));
        String token =
                other.post("/api/v1/portal/tokens", "{\"subject\":\"acme\"}").text("token");
        String mine = app.portal("acme").credential().orElseThrow().substring(10, 36);

        other.post("/api/v1/portal/tokens/invalidate", "{\"id\":\"" + mine + "\"}");
        other.post("/api/v1/portal/tokens/invalidate", "{\"all\":true}");
        String fresh =
                other.post("/api/v1/portal/tokens", "{\"subject\":\"acme\"}").text("token");

        assertThat(app.portal("acme").as(token).get(QUERY).status()).isEqualTo(401);
        assertThat(app.portal("acme").as(fresh).get(QUERY).rows()).isEmpty();
        assertThat(app.admin().get("/api/v1/portal/tokens").items())
                .noneMatch(listed -> listed.containsKey("revokedAt"));
    }

    private void meter(String slug) {
        assertThat(app.admin().post("/api/v1/meters", meterBody(slug)).status()).isEqualTo(200);
    }

    private static String meterBody(String slug) {
        return """
                {"slug":"%s","aggregation":"SUM","eventType":"prompt","valueProperty":"$.tokens",\
                "groupBy":{"model":"$.model"}}""".formatted(slug);
    }

    private static String prompt(String id, String subject, int hour, String tokens) {
        String data = "{\"tokens\":" + tokens + ",\"model\":\"m\"}";
        return event(id, "prompt", subject, "2026-11-20T0" + hour + ":30:00Z", data);
    }

    private static List<String> subjects(Reply list) {
        return list.items().stream().map(token -> Reply.text(token, "subject")).toList();
    }

    private static String secret(Api holder) {
        return holder.credential().orElseThrow().substring(37);
    }

    /** The body but for the name of the request. */
    private static String anonymous(Reply reply) {
        return reply.status()
                + reply.header("WWW-Authenticate")
                + reply.body().replaceAll("urn:request:[^\"]+", "urn:request:X");
    }
}
