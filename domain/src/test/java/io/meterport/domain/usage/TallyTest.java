package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Contribution.Value;
import io.meterport.domain.meter.PropertyPath;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");
    private static final PropertyPath PATH = PropertyPath.of("$.value");
    private static final List<Aggregation> ADDABLE = List.of(
            new Aggregation.Count(),
            new Aggregation.Sum(PATH),
            new Aggregation.Avg(PATH),
            new Aggregation.Min(PATH),
            new Aggregation.Max(PATH),
            new Aggregation.Latest(PATH));

    /** What one event gives, at a time. */
    record Given(Instant time, Value value) {
        Tally tally(Aggregation aggregation) {
            boolean counts = aggregation instanceof Aggregation.Count;
            return Tally.of(aggregation, time, counts ? new Value.None() : value);
        }
    }

    @Test
    void keepsEventsAndValuesApart() {
        Aggregation sum = new Aggregation.Sum(PATH);
        Tally both = Tally.of(sum, NOON, new Value.None())
                .plus(sum, Tally.of(sum, NOON.plusSeconds(90), new Value.Number(BigDecimal.TEN)));

        assertThat(both.events()).isEqualTo(2);
        assertThat(both.values()).isEqualTo(1);
        assertThat(both.firstMinute()).isEqualTo(NOON);
        assertThat(both.lastMinute()).isEqualTo(NOON.plusSeconds(60));
        assertThat(both.value(new Aggregation.Avg(PATH)).orElseThrow()).isEqualByComparingTo("10");
        assertThat(both.value(new Aggregation.Count())).contains(BigDecimal.valueOf(2));
    }

    @Test
    void comesToNothingWithoutAValue() {
        for (Aggregation each : ADDABLE) {
            boolean counts = each instanceof Aggregation.Count;
            assertThat(Tally.of(each, NOON, new Value.None()).value(each).isPresent())
                    .isEqualTo(counts);
        }
    }

    @Property(tries = 500)
    void doesNotMatterHowItIsAddedUp(
            @ForAll("given") Given a, @ForAll("given") Given b, @ForAll("given") Given c) {
        for (Aggregation each : ADDABLE) {
            Tally left = a.tally(each).plus(each, b.tally(each)).plus(each, c.tally(each));
            Tally right = a.tally(each).plus(each, b.tally(each).plus(each, c.tally(each)));
            Tally back = c.tally(each).plus(each, b.tally(each)).plus(each, a.tally(each));

            assertThat(plain(right)).isEqualTo(plain(left));
            assertThat(plain(back)).isEqualTo(plain(left));
        }
    }

    @Provide
    Arbitrary<Given> given() {
        Arbitrary<Value> values = Arbitraries.oneOf(
                Arbitraries.just(new Value.None()),
                Arbitraries.of("1", "1.0", "-1", "2", "0", "9007199254740993", "0.1")
                        .map(digits -> new Value.Number(new BigDecimal(digits))));
        return Combinators.combine(Arbitraries.integers().between(0, 3), values)
                .as((seconds, value) -> new Given(NOON.plusSeconds(40L * seconds), value));
    }

    /** Of a tally without values the number has no meaning. */
    private static Tally plain(Tally tally) {
        return new Tally(
                tally.events(),
                tally.values(),
                tally.values() == 0 ? BigDecimal.ZERO : tally.number().stripTrailingZeros(),
                tally.values() == 0 ? Instant.EPOCH : tally.at(),
                tally.firstMinute(),
                tally.lastMinute());
    }
}
