package io.meterport.application.portal;

import static io.meterport.application.Refusals.codeOf;
import static io.meterport.application.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.meter.UsageRequest;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.Samples;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryPortalUsageTest {
    private final Portal portal = new Portal();

    @BeforeEach
    void twoCustomersUseTwoModels() {
        portal.define(Samples.meter("tokens").sum().dimensions("model", "user"));
        portal.define(Samples.meter("requests").number(2));
        portal.send(
                Samples.event("1").of("alice").with("value", 1, "model", "a", "user", "x"),
                Samples.event("2").of("alice").with("value", 20, "model", "b", "user", "y"),
                Samples.event("3").of("bob").with("value", 300, "model", "a", "user", "z"));
    }

    @Test
    void showsTheTokensOwnSubjectAndNobodyElse() {
        String token = portal.token("alice");

        assertThat(portal.ask(token, "tokens")).containsExactly(new BigDecimal("21"));
    }

    @Test
    void whateverTheRequestSaysOfSubjectsCountsForNothing() {
        String token = portal.token("alice");
        UsageRequest nosy = new UsageRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                Optional.of(List.of(new SubjectKey("bob"))),
                List.of("subject"),
                Map.of());

        var rows = portal.asked(token, "tokens", nosy).answer().get().rows();

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.subject()).contains(new SubjectKey("alice"));
            assertThat(row.value()).isEqualByComparingTo("21");
        });
    }

    @Test
    void aRestrictedTokenIsRefusedAlikeWhetherThereIsSuchAMeterOrNot() {
        String token = portal.token("alice", "tokens");

        Problem existing = problemOf(() -> portal.ask(token, "requests"));
        Problem missing = problemOf(() -> portal.ask(token, "missing"));
        Problem malformed = problemOf(() -> portal.ask(token, "Not-A-Slug"));

        assertThat(existing).isInstanceOf(Problem.Forbidden.class);
        assertThat(existing).isEqualTo(missing).isEqualTo(malformed);
        assertThat(portal.ask(token, "tokens")).containsExactly(new BigDecimal("21"));
    }

    @Test
    void anUnrestrictedTokenIsToldThatThereIsNoSuchMeter() {
        String token = portal.token("alice");

        assertThat(codeOf(() -> portal.ask(token, "missing"))).isEqualTo("unknown-meter");
    }

    @Test
    void aRestrictionHoldsForTheMeterAndNotForItsName() {
        String token = portal.token("alice", "requests");
        Meter old = portal.storage
                .meters()
                .catalog(Namespace.DEFAULT)
                .find(Samples.meter("requests").meter().slug())
                .orElseThrow();

        portal.storage
                .meters()
                .change(new MeterChange.Delete(Namespace.DEFAULT, old.id(), Portal.START), "tests");
        portal.define(Samples.meter("requests").number(3));

        assertThat(codeOf(() -> portal.ask(token, "requests"))).isEqualTo("insufficient-scope");
    }

    @Test
    void aFixedFilterOnlyNarrowsWhateverIsAsked() {
        String token = portal.token("alice", onlyModel("a"));

        assertThat(portal.ask(token, "tokens")).containsExactly(new BigDecimal("1"));
        assertThat(portal.ask(token, "tokens", where("model", Filter.eq("b")))).isEmpty();
        assertThat(portal.ask(token, "tokens", where("model", new Filter.Any())))
                .containsExactly(new BigDecimal("1"));
    }

    @Test
    void aMeterThatLostTheDimensionOfAFixedFilterIsRefused() {
        String token = portal.token("alice", onlyModel("a"));

        portal.storage
                .meters()
                .change(
                        new MeterChange.Redefine(
                                Samples.meter("tokens").sum().dimensions("user").meter()),
                        "tests");

        assertThat(codeOf(() -> portal.ask(token, "tokens"))).isEqualTo("insufficient-scope");
    }

    @Test
    void aHiddenDimensionIsRefusedLikeOneThatDoesNotExist() {
        String hiding = portal.token("alice", hiding("user"));
        String free = portal.token("alice");

        Problem hidden = problemOf(
                () -> portal.ask(hiding, "tokens", Portal.request(List.of("user"), Map.of())));
        Problem missing = problemOf(
                () -> portal.ask(free, "tokens", Portal.request(List.of("uses"), Map.of())));

        assertThat(hidden.detail().replace("user", "uses")).isEqualTo(missing.detail());
        assertThat(hidden.code()).isEqualTo(missing.code()).isEqualTo("unknown-dimension");
        assertThat(codeOf(() -> portal.ask(hiding, "tokens", where("user", Filter.eq("x")))))
                .isEqualTo("unknown-dimension");
    }

    @Test
    void rangesAndWindowsAreLimitedAsTheTokenSays() {
        String token = portal.token("alice", limited(Duration.ofDays(1), WindowSize.HOUR));
        Instant from = Samples.NOON.minus(Duration.ofHours(1));

        assertThat(portal.ask(token, "tokens", day(from, WindowSize.HOUR))).hasSize(1);
        assertThat(codeOf(() -> portal.ask(token, "tokens", day(from, WindowSize.MINUTE))))
                .isEqualTo("window-too-small");
        assertThat(codeOf(() -> portal.ask(
                        token,
                        "tokens",
                        Portal.request(from, from.plus(Duration.ofDays(2)), WindowSize.DAY))))
                .isEqualTo("range-too-long");
        assertThat(codeOf(() -> portal.ask(token, "tokens"))).isEqualTo("range-too-long");
    }

    @Test
    void aTagStaysUntilTheSubjectsOwnUsageOfThatTypeChanges() {
        String token = portal.token("alice");
        String before = tag(token, "tokens");

        portal.send(Samples.event("4").of("bob").with("value", 1));
        portal.send(Samples.event("5").of("alice").type("unheard-of"));
        String unchanged = tag(token, "tokens");
        portal.send(Samples.event("6").of("alice").with("value", 1));

        assertThat(unchanged).isEqualTo(before);
        assertThat(tag(token, "tokens")).isNotEqualTo(before);
    }

    @Test
    void aTagIsAnotherForAnotherSubjectMeterOrRequest() {
        String token = portal.token("alice");
        String other = portal.token("bob");
        String narrowed = portal.token("alice", onlyModel("a"));

        assertThat(List.of(
                        tag(token, "tokens"),
                        tag(other, "tokens"),
                        tag(narrowed, "tokens"),
                        tag(token, "requests"),
                        portal.asked(token, "tokens", where("model", Filter.eq("a")))
                                .tag()))
                .doesNotHaveDuplicates();
        assertThat(tag(portal.token("alice"), "tokens")).isEqualTo(tag(token, "tokens"));
    }

    private String tag(String token, String slug) {
        return portal.asked(token, slug, Portal.anything()).tag();
    }

    private static UsageRequest day(Instant from, WindowSize size) {
        return Portal.request(from, from.plus(Duration.ofDays(1)), size);
    }

    private static UsageRequest where(String dimension, Filter filter) {
        return Portal.request(List.of(), Map.of(dimension, filter));
    }

    private static AskedRestrictions onlyModel(String model) {
        return restrictions(
                Map.of("tokens", Map.of("model", List.of(model))),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static AskedRestrictions hiding(String dimension) {
        return restrictions(
                Map.of(), Map.of("tokens", List.of(dimension)), Optional.empty(), Optional.empty());
    }

    private static AskedRestrictions limited(Duration longest, WindowSize smallest) {
        return restrictions(Map.of(), Map.of(), Optional.of(longest), Optional.of(smallest));
    }

    private static AskedRestrictions restrictions(
            Map<String, Map<String, List<String>>> filters,
            Map<String, List<String>> hidden,
            Optional<Duration> longest,
            Optional<WindowSize> smallest) {
        return new AskedRestrictions(
                filters,
                hidden,
                longest,
                smallest,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
