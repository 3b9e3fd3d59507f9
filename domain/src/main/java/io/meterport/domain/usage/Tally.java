package io.meterport.domain.usage;

import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Contribution;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a number of events add up to for one meter, before any division. Adding is associative and
 * commutative, so that it does not matter where and in which order events are added up; only a
 * count of distinct values cannot be added, and stores count those over the events themselves.
 *
 * @param events how many events, at least one
 * @param values how many of them had a usable value; for {@link Aggregation.UniqueCount} how many
 *     distinct values there are
 * @param number the sum, smallest, largest or latest number, by the meter's aggregation; zero and
 *     without meaning where {@code values} is zero, and for counts
 * @param at the time of the latest number; the epoch for other aggregations
 * @param firstMinute the start of the UTC minute of the earliest event
 * @param lastMinute the start of the UTC minute of the latest event
 */
public record Tally(
        long events,
        long values,
        BigDecimal number,
        Instant at,
        Instant firstMinute,
        Instant lastMinute) {
    /** How an average is rounded, once: 34 significant digits, half to even. */
    public static final MathContext AVERAGE = new MathContext(34, RoundingMode.HALF_EVEN);

    public Tally {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(firstMinute, "firstMinute");
        Objects.requireNonNull(lastMinute, "lastMinute");
    }

    /** What one event comes to. */
    public static Tally of(Aggregation aggregation, Instant time, Contribution.Value value) {
        Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
        return switch (value) {
            case Contribution.Value.None ignored ->
                new Tally(1, 0, BigDecimal.ZERO, Instant.EPOCH, minute, minute);
            case Contribution.Value.Text ignored ->
                new Tally(1, 1, BigDecimal.ZERO, Instant.EPOCH, minute, minute);
            case Contribution.Value.Number(BigDecimal number) -> {
                Instant at = aggregation instanceof Aggregation.Latest ? time : Instant.EPOCH;
                yield new Tally(1, 1, number, at, minute, minute);
            }
        };
    }

    /** Both together, for any aggregation but a count of distinct values. */
    public Tally plus(Aggregation aggregation, Tally other) {
        Tally winner = values == 0 || (other.values > 0 && other.isAhead(aggregation, this))
                ? other
                : this;
        BigDecimal merged =
                aggregation instanceof Aggregation.Sum || aggregation instanceof Aggregation.Avg
                        ? number.add(other.number)
                        : winner.number;
        return new Tally(
                events + other.events,
                values + other.values,
                merged,
                winner.at,
                firstMinute.isBefore(other.firstMinute) ? firstMinute : other.firstMinute,
                lastMinute.isAfter(other.lastMinute) ? lastMinute : other.lastMinute);
    }

    /** The answer that this comes to; empty where no event had a usable value. */
    public Optional<BigDecimal> value(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count ignored -> Optional.of(BigDecimal.valueOf(events));
            case Aggregation.UniqueCount ignored -> Optional.of(BigDecimal.valueOf(values));
            case Aggregation.Avg ignored ->
                ifAny(() -> number.divide(BigDecimal.valueOf(values), AVERAGE));
            case Aggregation.Sum ignored -> ifAny(() -> number);
            case Aggregation.Min ignored -> ifAny(() -> number);
            case Aggregation.Max ignored -> ifAny(() -> number);
            case Aggregation.Latest ignored -> ifAny(() -> number);
        };
    }

    private Optional<BigDecimal> ifAny(Supplier<BigDecimal> number) {
        return values == 0 ? Optional.empty() : Optional.of(number.get());
    }

    private boolean isAhead(Aggregation aggregation, Tally other) {
        return switch (aggregation) {
            case Aggregation.Min ignored -> number.compareTo(other.number) < 0;
            case Aggregation.Max ignored -> number.compareTo(other.number) > 0;
            case Aggregation.Latest ignored -> {
                int later = at.compareTo(other.at);
                yield later > 0 || (later == 0 && number.compareTo(other.number) > 0);
            }
            case Aggregation.Sum ignored -> false;
            case Aggregation.Avg ignored -> false;
            case Aggregation.Count ignored -> false;
            case Aggregation.UniqueCount ignored -> false;
        };
    }
}
