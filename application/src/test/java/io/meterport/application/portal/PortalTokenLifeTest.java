package io.meterport.application.portal;

import static io.meterport.application.Refusals.codeOf;
import static io.meterport.application.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.Samples;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.subject.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortalTokenLifeTest {
    private static final Duration DAY = Duration.ofHours(24);

    private final Portal portal = new Portal();

    @Test
    void livesForADayUnlessAskedOtherwise() {
        String token = portal.token("alice");

        portal.time.pass(DAY.minusNanos(1_000));
        PortalToken alive = portal.authenticate(token);

        assertThat(alive.expiresAt()).isEqualTo(Portal.START.plus(DAY));
    }

    @Test
    void isDeadAtTheVeryMomentOfItsExpiry() {
        String token = portal.token("alice");

        portal.time.pass(DAY);

        assertThat(problemOf(() -> portal.authenticate(token)))
                .isEqualTo(new Problem.Unauthenticated(true));
    }

    @Test
    void cannotBeAskedForThePastOrForMoreThanTheLongestLife() {
        Instant now = portal.time.instant();

        assertThat(codeOf(() -> askUntil(now))).isEqualTo("invalid-body");
        assertThat(codeOf(() -> askUntil(now.plus(Duration.ofDays(30)).plusMillis(1))))
                .isEqualTo("invalid-body");
        assertThat(askUntil(now.plus(Duration.ofDays(30)))).isNotEmpty();
    }

    @Test
    void isRefusedByTheVeryNextRequestAfterItsRevocation() {
        String token = portal.token("alice");
        TokenId id = portal.authenticate(token).id();

        portal.revoke(new Revocation.OfToken(id));

        assertThat(codeOf(() -> portal.authenticate(token))).isEqualTo("unauthenticated");
    }

    @Test
    void endsWithAllOfItsSubjectAndOneMadeInTheSameMomentAfterwardsLives() {
        String before = portal.token("alice");
        String others = portal.token("bob");

        portal.revoke(new Revocation.OfSubject(new SubjectKey("alice")));
        String after = portal.token("alice");

        assertThat(codeOf(() -> portal.authenticate(before))).isEqualTo("unauthenticated");
        assertThat(portal.authenticate(after).subject()).isEqualTo(new SubjectKey("alice"));
        assertThat(portal.authenticate(others).subject()).isEqualTo(new SubjectKey("bob"));
    }

    @Test
    void endsWithItsSessionAndNotWithAnother() {
        String first = portal.token("alice", session("laptop"));
        String second = portal.token("alice", session("phone"));

        portal.revoke(new Revocation.OfSession(new SubjectKey("alice"), "laptop"));

        assertThat(codeOf(() -> portal.authenticate(first))).isEqualTo("unauthenticated");
        assertThat(portal.authenticate(second).restrictions().session()).contains("phone");
    }

    @Test
    void anUnknownTokenEndsNothing() {
        String token = portal.token("alice");

        portal.revoke(new Revocation.OfToken(Samples.tokenId(999_999)));

        assertThat(portal.authenticate(token).subject()).isEqualTo(new SubjectKey("alice"));
    }

    @Test
    void allThatDoesNotHoldIsRefusedAlike() {
        String token = portal.token("alice");
        String other = portal.token("alice");
        int dot = token.indexOf('.');
        String swapped = token.substring(0, dot) + other.substring(dot);

        assertThat(problemOf(() -> portal.authenticate(swapped)))
                .isEqualTo(problemOf(() -> portal.authenticate("om_portal_nonsense")))
                .isEqualTo(new Problem.Unauthenticated(true));
    }

    @Test
    void anAddressThatTriesTooManyTokensHasToWaitAndGoodOnesPass() {
        String good = portal.token("alice");
        String stranger = good.substring(0, good.indexOf('.'))
                + portal.token("bob").substring(good.indexOf('.'));
        String madeUp = TokenSecret.of(TokenSecret.Kind.PORTAL, Samples.ulid(77), new byte[32])
                .text();

        IntStream.range(0, 20)
                .forEach(i -> assertThat(codeOf(() -> portal.authenticate(madeUp)))
                        .isEqualTo("unauthenticated"));

        assertThat(problemOf(() -> portal.authenticate(madeUp)))
                .isInstanceOf(Problem.TooMany.class);
        assertThat(codeOf(() -> portal.authenticate(stranger))).isEqualTo("unauthenticated");
        assertThat(portal.authenticate(good).subject()).isEqualTo(new SubjectKey("alice"));
    }

    @Test
    void aKeyThatAsksForTooManyAtOnceHasToWait() {
        IntStream.range(0, 200).forEach(i -> portal.token("alice"));

        Problem refused = problemOf(() -> portal.token("alice"));
        portal.time.pass(Duration.ofSeconds(1));

        assertThat(refused).isInstanceOf(Problem.TooMany.class);
        assertThat(portal.token("alice")).startsWith("om_portal_");
    }

    @Test
    void restrictedToNothingIsRefusedAndNeverMeansEverything() {
        assertThat(codeOf(() -> portal.token(request(Optional.of(List.of())))))
                .isEqualTo("invalid-body");
        assertThat(codeOf(() -> portal.token(request(Optional.of(Collections.nCopies(101, "a"))))))
                .isEqualTo("invalid-body");
        assertThat(codeOf(() -> portal.token(request(Optional.of(List.of("missing"))))))
                .isEqualTo("unknown-meter");
    }

    private String askUntil(Instant expiresAt) {
        return portal.token(new TokenRequest(
                new SubjectKey("alice"), Optional.empty(), Optional.of(expiresAt)));
    }

    private static TokenRequest request(Optional<List<String>> meters) {
        return new TokenRequest(new SubjectKey("alice"), meters, Optional.empty());
    }

    private static AskedRestrictions session(String label) {
        AskedRestrictions none = AskedRestrictions.NONE;
        return new AskedRestrictions(
                none.filters(),
                none.hidden(),
                none.longestRange(),
                none.smallestWindow(),
                none.origins(),
                none.perSecond(),
                Optional.of(label),
                none.events());
    }
}
