package io.meterport.bootstrap;

import static io.meterport.bootstrap.Api.EVENT;
import static io.meterport.bootstrap.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.TestApp.TestClock;
import io.meterport.domain.portal.TokenSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * R23: the wall clock steps while the server runs and while it is down. A token that has expired or
 * was revoked is never let in again, and windows stay where they are.
 */
class ClockStepsJourneyTest {
    private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");
    private static final Duration SHORT_LIFE = Duration.ofMinutes(10);
    private static final Instant LATER = START.plus(Duration.ofMinutes(12));
    /** A clock that was wrong for a moment is believed again after this. */
    private static final Duration RECOVERY = Duration.ofMinutes(20);

    private final TestClock clock = new TestClock(START.toString());

    @TempDir
    private Path folder;

    @Threat("I17")
    @ParameterizedTest
    @ValueSource(strings = {"-PT1S", "PT1S", "-PT3M", "-PT1H", "PT1H", "-P365D", "P3653D"})
    void noStepLetsAnExpiredOrRevokedTokenIn(Duration step) {
        Api longLived;
        Api expired;
        Api revoked;
        Api revokedMeanwhile;
        String usage;
        try (TestApp app = start()) {
            defineMeter(app);
            expired = app.token("{\"subject\":\"acme\",\"expiresAt\":\"%s\"}"
                    .formatted(START.plus(SHORT_LIFE)));
            longLived = app.portal("acme");
            revoked = app.portal("acme");
            revokedMeanwhile = app.portal("acme");
            revoke(app, revoked);
            usage = hours(app.admin());
            assertThat(ask(app, expired)).isEqualTo(200);
            clock.set(LATER.toString());
            assertThat(ask(app, expired)).isEqualTo(401);

            clock.set(LATER.plus(step).toString());

            assertThat(ask(app, expired)).isIn(401, 503);
            assertThat(ask(app, revoked)).isIn(401, 503);
            revoke(app, revokedMeanwhile);
            assertThat(ask(app, revokedMeanwhile)).isIn(401, 503);
            assertThat(hours(app.admin())).isEqualTo(usage);
        }
        try (TestApp app = start()) {
            assertThat(ask(app, expired)).isIn(401, 503);
            assertThat(ask(app, revoked)).isIn(401, 503);
            assertThat(ask(app, revokedMeanwhile)).isIn(401, 503);
            assertThat(hours(app.admin())).isEqualTo(usage);
        }

        clock.set(LATER.plus(RECOVERY).toString());

        try (TestApp app = start()) {
            assertThat(ask(app, longLived)).as("the right time again").isEqualTo(200);
            assertThat(ask(app, expired)).isEqualTo(401);
            assertThat(ask(app, revoked)).isEqualTo(401);
            assertThat(ask(app, revokedMeanwhile)).isEqualTo(401);
            assertThat(hours(app.admin())).isEqualTo(usage);
        }
    }

    @Test
    void aTokenExpiresInsideASecondThatIsSmeared() {
        try (TestApp app = start()) {
            defineMeter(app);
            Api token = app.token(
                    "{\"subject\":\"acme\",\"expiresAt\":\"%s\"}".formatted(START.plusSeconds(60)));
            boolean wasRefused = false;
            for (int i = 1; i <= 130; i++) {
                Instant smeared =
                        START.plus(i * 500L + ((i + 1) % 3 - 1) * 400L, ChronoUnit.MILLIS);
                clock.set(smeared.toString());

                int status = ask(app, token);

                boolean isLate = !smeared.isBefore(START.plusSeconds(60));
                assertThat(status).as("at %s", smeared).isEqualTo(isLate || wasRefused ? 401 : 200);
                wasRefused = status == 401;
            }
            assertThat(wasRefused).isTrue();
        }
    }

    /** What an event says of its time counts, and not what the clock of the one that takes it says. */
    @Threat("E20")
    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT1H", "-P365D", "P3653D"})
    void anEventIsTakenAlikeWhateverTheClockSays(Duration step) {
        Path other = folder.resolve("other");
        TestClock stepped = new TestClock(START.plus(step).toString());
        try (TestApp right = start();
                TestApp wrong = TestApp.start(other, stepped, Map.of())) {
            defineMeter(right);
            defineMeter(wrong);
            for (String time : new String[] {
                "1970-01-01T00:00:00.000001Z", "2026-11-20T10:59:59.999999Z", "2036-02-29T12:00:00Z"
            }) {
                String sent = event("other " + time, "n", "acme", time, "{}");

                assertThat(right.admin().ingest(EVENT, sent).status()).isEqualTo(204);
                assertThat(wrong.admin().ingest(EVENT, sent).status()).isEqualTo(204);
            }
            for (String query : new String[] {
                "?windowSize=MONTH",
                "?windowSize=HOUR&from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z"
            }) {
                Reply counted = usage(right.admin(), query);
                assertThat(counted.values()).hasSizeGreaterThan(1);
                assertThat(usage(wrong.admin(), query).body()).isEqualTo(counted.body());
            }
        }
    }

    private TestApp start() {
        return TestApp.start(folder, clock, Map.of());
    }

    private static void defineMeter(TestApp app) {
        String meter = "{\"slug\":\"n\",\"aggregation\":\"COUNT\",\"eventType\":\"n\"}";
        assertThat(app.admin().post("/api/v1/meters", meter).status()).isEqualTo(200);
        for (String time : new String[] {
            "2026-11-20T07:59:59.999999Z", "2026-11-20T08:00:00Z", "2026-11-20T08:59:59Z"
        }) {
            String sent = event(time, "n", "acme", time, "{}");
            assertThat(app.admin().ingest(EVENT, sent).status()).isEqualTo(204);
        }
    }

    private static void revoke(TestApp app, Api token) {
        String id = TokenSecret.parse(
                        TokenSecret.Kind.PORTAL, token.credential().orElseThrow())
                .orElseThrow()
                .id();
        String body = "{\"id\":\"" + id + "\"}";
        assertThat(app.admin().post("/api/v1/portal/tokens/invalidate", body).status())
                .isEqualTo(204);
    }

    private static int ask(TestApp app, Api token) {
        return new Api(app.app().url(), token.credential())
                .get("/api/v1/portal/meters/n/query")
                .status();
    }

    private static String hours(Api admin) {
        return usage(admin, "?windowSize=HOUR").body();
    }

    private static Reply usage(Api admin, String query) {
        return admin.get("/api/v1/meters/n/query" + query);
    }
}
