package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.subject;
import static io.meterport.application.spi.TokenSample.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.portal.Revocation;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every log of revocations promises, together with its store of tokens. */
public abstract class RevocationLogContract extends StorageContract {
    private static final Instant THEN = Instant.parse("2025-03-05T13:00:00.000001Z");
    private static final Duration LONGEST = Duration.ofDays(30);

    @Test
    void numbersRevocationsFromOneWithoutGaps() {
        assertThat(log().head()).isZero();
        for (int number = 1; number <= 4; number++) {
            assertThat(revoke(new Revocation.OfSubject(subject("s" + number)))).isEqualTo(number);
            assertThat(log().head()).isEqualTo(number);
        }
    }

    @Test
    void numbersThemWithoutGapsThoughManyRevokeAtOnce() {
        List<Long> numbers = Together.rounds(8, 60, (thread, round) -> {
            long number = revoke(new Revocation.OfSubject(subject("subject-" + thread)));
            assertThat(log().head()).isGreaterThanOrEqualTo(number);
            return number;
        });

        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 480).boxed().toList());
        assertThat(log().head()).isEqualTo(480);
    }

    @Test
    void endsTheTokenThatIsRevoked() {
        create(token(1), token(2));

        long number = revoke(new Revocation.OfToken(Samples.tokenId(1)));

        assertThat(verdict(1).isRevoked()).isTrue();
        assertThat(verdict(1).holds(Samples.NOON)).isFalse();
        assertThat(verdict(1).head()).isEqualTo(number);
        assertThat(verdict(2).isRevoked()).isFalse();
        assertThat(verdict(2).head()).isEqualTo(number);
    }

    @Test
    void endsEveryTokenOfASubject() {
        create(
                token(1),
                token(2),
                token(3).of("bob"),
                token(4).of("Alice"),
                token(5).in(Samples.OTHER));

        revoke(new Revocation.OfSubject(subject("alice")));

        assertThat(revoked(1, 2, 3, 4, 5)).containsExactly(1, 2);
    }

    @Test
    void endsEveryTokenOfASession() {
        create(
                token(1).session("one"),
                token(2).session("two"),
                token(3),
                token(4).of("bob").session("one"),
                token(5).in(Samples.OTHER).session("one"));

        revoke(new Revocation.OfSession(subject("alice"), "one"));

        assertThat(revoked(1, 2, 3, 4, 5)).containsExactly(1);
    }

    @Test
    void endsEveryTokenThatAKeyAskedFor() {
        create(
                token(1).issuedBy("key-1"),
                token(2).of("bob").issuedBy("key-1"),
                token(3).issuedBy("key-2"),
                token(4),
                token(5).in(Samples.OTHER).issuedBy("key-1"));

        revoke(new Revocation.OfApiKey("key-1"));

        assertThat(revoked(1, 2, 3, 4, 5)).containsExactly(1, 2);
    }

    @Test
    void endsEveryTokenOfANamespace() {
        create(token(1), token(2).of("bob").issuedBy("key-1"), token(3).in(Samples.OTHER));

        revoke(new Revocation.OfNamespace());

        assertThat(revoked(1, 2, 3)).containsExactly(1, 2);
    }

    @Test
    void endsEveryTokenThereIs() {
        create(token(1), token(2).of("bob").issuedBy("key-1"), token(3).in(Samples.OTHER));

        revoke(new Revocation.Global());

        assertThat(revoked(1, 2, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void letsATokenLiveThatWasMadeAfterTheRevocation() {
        create(token(1).issuedBy("key-1").session("one"));
        for (Revocation each : circles()) {
            revoke(each);
        }

        create(token(2).issuedBy("key-1").session("one"));

        assertThat(revoked(1, 2)).containsExactly(1);
        assertThat(verdict(2).token().createdSequence()).isEqualTo(6);
    }

    @Test
    void letsATokenDieThatWasMadeBeforeTheRevocationByWhateverCircle() {
        int number = 0;
        for (Revocation each : circles()) {
            number++;
            create(token(number).issuedBy("key-1").session("one"));
            assertThat(verdict(number).isRevoked()).isFalse();

            revoke(each);

            assertThat(verdict(number).isRevoked()).as("%s", each).isTrue();
        }
    }

    @Test
    void keepsTheGreatestOfAllMarksInWhateverOrderTheyCome() {
        Random random = new Random(42);
        for (int round = 0; round < 20; round++) {
            int before = 100 + 2 * round;
            create(token(before).issuedBy("key-1").session("one"));
            List<Revocation> order = new ArrayList<>(circles());
            Collections.shuffle(order, random);
            revoke(order.getFirst());
            create(token(before + 1).issuedBy("key-1").session("one"));
            for (Revocation later : List.of(
                    new Revocation.OfSubject(subject("bob")),
                    new Revocation.OfApiKey("key-2"),
                    new Revocation.OfSession(subject("alice"), "two"))) {
                revoke(later);
            }

            assertThat(verdict(before).isRevoked()).as("%s", order).isTrue();
            assertThat(verdict(before + 1).isRevoked()).as("%s", order).isFalse();
            order.subList(1, order.size()).forEach(this::revoke);
            assertThat(verdict(before).isRevoked()).isTrue();
            assertThat(verdict(before + 1).isRevoked()).isTrue();
            assertThat(verdict(before + 1).watermarks().highest()).isEqualTo(log().head());
        }
    }

    @Test
    void doesNothingToOthersWhenATokenIsUnknownOrOfAnotherNamespace() {
        create(token(1), token(2).in(Samples.OTHER));

        long unknown = revoke(new Revocation.OfToken(Samples.tokenId(99)));
        assertThat(unknown).isEqualTo(log().head());
        long another = revoke(new Revocation.OfToken(Samples.tokenId(2)));
        assertThat(another).isEqualTo(log().head());

        assertThat(revoked(1, 2)).isEmpty();
        assertThat(tokens().list(Samples.OTHER, Optional.empty(), Optional.empty(), 1))
                .singleElement()
                .satisfies(listed -> assertThat(listed.revokedAt()).isEmpty());
    }

    @Test
    void listsWhenATokenWasFirstRevoked() {
        create(token(1), token(2).of("bob"));
        revoke(new Revocation.OfSubject(subject("alice")), THEN);
        create(token(3));
        revoke(new Revocation.OfNamespace(), THEN.plusSeconds(1));
        revoke(new Revocation.OfToken(Samples.tokenId(1)), THEN.plusSeconds(2));
        create(token(4));

        assertThat(tokens().list(Namespace.DEFAULT, Optional.empty(), Optional.empty(), 10))
                .extracting(ListedToken::revokedAt)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(THEN.plusSeconds(1)),
                        Optional.of(THEN.plusSeconds(1)),
                        Optional.of(THEN));
    }

    @Test
    void listsWhenATokenItselfWasRevoked() {
        create(token(1), token(2));
        revoke(new Revocation.OfToken(Samples.tokenId(1)), THEN);
        revoke(new Revocation.OfToken(Samples.tokenId(1)), THEN.plusSeconds(1));
        revoke(new Revocation.Global(), THEN.plusSeconds(2));

        assertThat(tokens().list(Namespace.DEFAULT, Optional.empty(), Optional.empty(), 10))
                .extracting(ListedToken::revokedAt)
                .containsExactly(Optional.of(THEN.plusSeconds(2)), Optional.of(THEN));
    }

    @Test
    void neverLetsATokenLiveWhoseCreationReturnedBeforeTheRevocationBegan() {
        Together.run(8, thread -> {
            for (int i = 0; i < 15; i++) {
                int number = 1 + thread * 100 + i;
                TokenId id = Samples.tokenId(number);
                create(token(number).of("subject-" + thread));
                assertThat(tokens().verdict(id).orElseThrow().isRevoked()).isFalse();
                revoke(new Revocation.OfSubject(subject("subject-" + thread)));
                Verdict after = tokens().verdict(id).orElseThrow();
                assertThat(after.isRevoked()).isTrue();
                assertThat(after.head())
                        .isGreaterThanOrEqualTo(after.watermarks().highest());
            }
            return thread;
        });
    }

    /** One revocation of each circle that holds the tokens of alice, key-1, session one. */
    private static List<Revocation> circles() {
        return List.of(
                new Revocation.OfSession(subject("alice"), "one"),
                new Revocation.OfSubject(subject("alice")),
                new Revocation.OfApiKey("key-1"),
                new Revocation.OfNamespace(),
                new Revocation.Global(),
                new Revocation.OfSubject(subject("alice")));
    }

    private RevocationLog log() {
        return catalog().revocations();
    }

    private PortalTokenStore tokens() {
        return catalog().tokens();
    }

    private long revoke(Revocation revocation) {
        return revoke(revocation, THEN);
    }

    private long revoke(Revocation revocation, Instant at) {
        return log().revoke(Namespace.DEFAULT, revocation, "actor", at, LONGEST);
    }

    private void create(TokenSample... tokens) {
        for (TokenSample token : tokens) {
            tokens().create(token.token());
        }
    }

    private Verdict verdict(int number) {
        return tokens().verdict(Samples.tokenId(number)).orElseThrow();
    }

    private List<Integer> revoked(Integer... numbers) {
        return List.of(numbers).stream()
                .filter(number -> verdict(number).isRevoked())
                .toList();
    }
}
