package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TimeFilterTest {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");

    @Test
    void tellsBeforeFromNotAfter() {
        assertThat(new TimeFilter.Before(NOON, false).matches(NOON)).isFalse();
        assertThat(new TimeFilter.Before(NOON, true).matches(NOON)).isTrue();
        assertThat(new TimeFilter.Before(NOON, false).matches(NOON.minusNanos(1)))
                .isTrue();
        assertThat(new TimeFilter.After(NOON, false).matches(NOON)).isFalse();
        assertThat(new TimeFilter.After(NOON, true).matches(NOON)).isTrue();
        assertThat(new TimeFilter.After(NOON, false).matches(NOON.plusNanos(1))).isTrue();
    }

    @Test
    void restrictsNothingWhereNothingIsJoined() {
        assertThat(new TimeFilter.And(List.of()).matches(NOON)).isTrue();
        assertThat(new TimeFilter.Or(List.of()).matches(NOON)).isTrue();
        assertThat(new TimeFilter.Any().hull()).isEqualTo(TimeFilter.ALL);
    }

    @Property(tries = 2_000)
    void everyMomentThatMatchesLiesInTheHull(
            @ForAll("filters") TimeFilter filter, @ForAll("moments") Instant moment) {
        if (TimeFilter.ALL.contains(moment) && filter.matches(moment)) {
            assertThat(filter.hull().contains(moment)).as("%s", filter).isTrue();
        }
    }

    @Provide
    Arbitrary<TimeFilter> filters() {
        return filter(3);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-3, 3).map(NOON::plusNanos),
                Arbitraries.of(
                        Instant.EPOCH,
                        Instant.EPOCH.minusNanos(1),
                        TimeFilter.ALL.end(),
                        TimeFilter.ALL.end().minusNanos(1),
                        Instant.parse("-0005-01-01T00:00:00Z"),
                        Instant.parse("+20000-01-01T00:00:00Z")));
    }

    private Arbitrary<TimeFilter> filter(int depth) {
        Arbitrary<TimeFilter> simple = Arbitraries.oneOf(
                Combinators.combine(moments(), Arbitraries.of(true, false))
                        .as(TimeFilter.Before::new),
                Combinators.combine(moments(), Arbitraries.of(true, false))
                        .as(TimeFilter.After::new),
                Arbitraries.just(new TimeFilter.Any()));
        if (depth == 0) {
            return simple;
        }
        Arbitrary<TimeFilter> deeper = Arbitraries.lazy(() -> filter(depth - 1));
        return Arbitraries.oneOf(
                simple,
                deeper.list().ofMaxSize(3).map(TimeFilter.And::new),
                deeper.list().ofMaxSize(3).map(TimeFilter.Or::new));
    }
}
