package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.subject;
import static io.meterport.application.spi.TokenSample.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.portal.Billing;
import io.meterport.domain.portal.Hints;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Restrictions;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.portal.Watermarks;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of portal tokens promises. */
public abstract class PortalTokenStoreContract extends StorageContract {
    @Test
    void knowsNoTokenAtFirst() {
        assertThat(tokens().verdict(Samples.tokenId(1))).isEmpty();
        assertThat(tokens().list(Namespace.DEFAULT, Optional.empty(), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void keepsATokenExactlyAsItIs() {
        Map<MeterId, MeterSlug> meters = new LinkedHashMap<>();
        for (int number : new int[] {9, 3, 7, 1}) {
            meters.put(Samples.meterId(number), new MeterSlug("meter_" + number));
        }
        Restrictions restrictions = new Restrictions(
                Map.of(
                        Samples.meterId(9),
                        Map.of(Samples.dimension("model"), Set.of("gpt-4", "", "é 😀"))),
                Map.of(Samples.meterId(3), Set.of(Samples.dimension("region"))),
                Optional.of(Duration.ofDays(90)),
                Optional.of(WindowSize.DAY),
                Set.of("https://app.example.com"),
                Optional.of(5),
                Optional.of("session 😀"),
                true);
        Hints hints = new Hints(
                Optional.of(ZoneId.of("Asia/Kathmandu")),
                Optional.of("de-AT"),
                Optional.of(new Billing(LocalDate.of(2025, 1, 31), new Billing.Interval.Months(3))),
                Map.of(Samples.meterId(9), new BigDecimal("9007199254740993.1")));
        NewPortalToken asked = token(1).of("Acme, Inc. 😀")
                .scope(new MeterScope.Only(meters))
                .issuedBy("key-1")
                .restricted(restrictions)
                .hints(hints)
                .token();

        PortalToken created = tokens().create(asked);

        assertThat(created)
                .isEqualTo(new PortalToken(
                        asked.id(),
                        asked.namespace(),
                        asked.subject(),
                        asked.scope(),
                        0,
                        asked.createdAt(),
                        asked.expiresAt(),
                        Optional.of("key-1"),
                        restrictions,
                        hints));
        PortalToken found = verdict(1).token();
        assertThat(found).isEqualTo(created);
        assertThat(((MeterScope.Only) found.scope()).meters().keySet())
                .containsExactlyElementsOf(meters.keySet());
    }

    @Test
    void keepsATokenWithoutAnyOfThat() {
        PortalToken created = tokens().create(token(1).token());

        assertThat(created.scope()).isEqualTo(new MeterScope.Every());
        assertThat(created.issuedBy()).isEmpty();
        assertThat(verdict(1).token()).isEqualTo(created);
        assertThat(verdict(1).token().restrictions()).isEqualTo(Restrictions.NONE);
        assertThat(verdict(1).token().hints()).isEqualTo(Hints.NONE);
    }

    @Test
    void opensATokenForItsSecretAndNoOther() {
        tokens().create(token(1).token());
        tokens().create(token(2).token());

        assertThat(verdict(1).isOpenedBy(token(1).secret())).isTrue();
        assertThat(verdict(1).isOpenedBy(token(2).secret())).isFalse();
        assertThat(verdict(1).isRevoked()).isFalse();
        assertThat(verdict(1).watermarks()).isEqualTo(Watermarks.NONE);
        assertThat(verdict(1).head()).isZero();
        assertThat(tokens().verdict(Samples.tokenId(3))).isEmpty();
    }

    @Test
    void erasesTheTokensOfOneSubjectAndSaysHowManyItHad() {
        var _ = tokens().create(token(1).of("alice").token());
        var _ = tokens().create(token(2).of("alice").token());
        var _ = tokens().create(token(3).of("bob").token());

        int erased =
                tokens().erase(Namespace.DEFAULT, new SubjectKey("alice"), "actor", Samples.NOON);

        assertThat(erased).isEqualTo(2);
        assertThat(tokens().verdict(Samples.tokenId(1))).isEmpty();
        assertThat(tokens().verdict(Samples.tokenId(2))).isEmpty();
        assertThat(tokens().verdict(Samples.tokenId(3))).isPresent();
        assertThat(tokens().erase(
                                Namespace.DEFAULT, new SubjectKey("alice"), "actor", Samples.NOON))
                .isZero();
    }

    @Test
    void listsTheNewestFirst() {
        for (int number = 1; number <= 5; number++) {
            tokens().create(token(number).of(number % 2 == 0 ? "bob" : "alice").token());
        }

        assertThat(numbers(Optional.empty(), Optional.empty(), 10)).containsExactly(5, 4, 3, 2, 1);
        assertThat(numbers(Optional.empty(), Optional.empty(), 2)).containsExactly(5, 4);
        assertThat(numbers(Optional.of(subject("bob")), Optional.empty(), 10))
                .containsExactly(4, 2);
        assertThat(numbers(Optional.of(subject("Bob")), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void givesEveryTokenOnceToWhoeverGoesOnBehindTheLastOne() {
        for (int number = 1; number <= 23; number++) {
            tokens().create(token(number).of(number % 2 == 0 ? "bob" : "alice").token());
        }

        List<Integer> paged = new ArrayList<>();
        List<Integer> page = numbers(Optional.empty(), Optional.empty(), 5);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = numbers(Optional.empty(), Optional.of(Samples.tokenId(page.getLast())), 5);
        }

        assertThat(paged).hasSize(23).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b - a);
        assertThat(numbers(Optional.of(subject("bob")), Optional.of(Samples.tokenId(5)), 10))
                .containsExactly(4, 2);
    }

    @Test
    void listsOnlyTokensOfTheNamespace() {
        tokens().create(token(1).token());
        tokens().create(token(2).in(Samples.OTHER).token());

        assertThat(numbers(Optional.empty(), Optional.empty(), 10)).containsExactly(1);
        assertThat(tokens().list(Samples.OTHER, Optional.empty(), Optional.empty(), 10))
                .hasSize(1);
    }

    @Test
    void holdsTenThousandLiveTokensOfOneSubjectAndNoMore() {
        int most = PortalTokenStore.MOST_LIVE_TOKENS;
        int threads = 50; // Stores that commit in groups are quick then.
        Together.run(threads, thread -> {
            for (int number = 1 + thread; number <= most; number += threads) {
                tokens().create(token(number)
                        .expiresAt(Samples.NOON.plusSeconds(20_000))
                        .token());
            }
            return thread;
        });

        assertThatThrownBy(() -> tokens().create(token(most + 1).token()))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem()).isInstanceOf(Problem.Conflict.class);
                    assertThat(refused.problem().code()).isEqualTo("too-many-tokens");
                });

        assertThat(tokens().verdict(Samples.tokenId(most + 1))).isEmpty();
        tokens().create(token(most + 1).of("bob").token());
        tokens().create(token(most + 2).in(Samples.OTHER).token());
        tokens().create(token(20_000).token());
        assertThat(numbers(Optional.of(subject("alice")), Optional.empty(), 1))
                .containsExactly(20_000);
    }

    private PortalTokenStore tokens() {
        return catalog().tokens();
    }

    private Verdict verdict(int number) {
        return tokens().verdict(Samples.tokenId(number)).orElseThrow();
    }

    private List<Integer> numbers(
            Optional<SubjectKey> subject, Optional<TokenId> after, int limit) {
        return tokens().list(Namespace.DEFAULT, subject, after, limit).stream()
                .map(listed ->
                        (int) Duration.between(Samples.NOON, listed.token().createdAt())
                                .toSeconds())
                .toList();
    }
}
