package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageQueryTest {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");
    private static final Optional<Instant> NONE = Optional.empty();

    @Test
    void refusesARangeWithoutAnyMoment() {
        assertThatThrownBy(() -> query(Optional.of(NOON), Optional.of(NOON), WindowSize.DAY))
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-range: from and to cannot be equal");
        assertThatThrownBy(() ->
                        query(Optional.of(NOON), Optional.of(NOON.minusNanos(1)), WindowSize.DAY))
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-range: from must be before to");
    }

    @Test
    void refusesADimensionThatTheMeterDoesNotHave() {
        DimensionKey unknown = new DimensionKey("region");

        assertThatThrownBy(() -> query(List.of(unknown), Map.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessage("unknown-dimension: invalid group by: region");
        assertThatThrownBy(() -> query(List.of(), Map.of(unknown, Filter.eq("x"))))
                .isInstanceOf(ProblemException.class)
                .hasMessage("unknown-dimension: invalid group by filter: region");
    }

    @Test
    void groupsByEachDimensionOnce() {
        DimensionKey model = new DimensionKey("model");

        assertThat(query(List.of(model, model), Map.of()).groupBy()).containsExactly(model);
    }

    @Test
    void rangesFromTheMetersFirstMomentOn() {
        Meter late = meter(Optional.of(NOON));

        assertThat(whole(late, NONE, NONE).range()).isEqualTo(new Window(NOON, Event.END_OF_TIME));
        assertThat(whole(late, Optional.of(NOON.plusSeconds(5)), NONE).range().start())
                .isEqualTo(NOON.plusSeconds(5));
        assertThat(whole(late, Optional.of(NOON.minusSeconds(5)), NONE).range().start())
                .isEqualTo(NOON);
        assertThat(whole(late, NONE, Optional.of(NOON.minusSeconds(5))).range().isEmpty())
                .isTrue();
        assertThat(whole(meter(NONE), NONE, NONE).range())
                .isEqualTo(new Window(Instant.EPOCH, Event.END_OF_TIME));
    }

    @Test
    void asksForTheExtentOfTheDataOnlyWhereTheRangeIsTooLong() {
        UsageQuery day = query(
                Optional.of(NOON), Optional.of(NOON.plus(Duration.ofDays(1))), WindowSize.MINUTE);
        UsageQuery open = query(NONE, NONE, WindowSize.MINUTE);
        Window data = new Window(NOON, NOON.plusSeconds(120));

        assertThat(day.windows(() -> {
                    throw new AssertionError("asked for the extent");
                }))
                .hasSize(1_440);
        assertThat(open.windows(() -> Optional.of(data))).hasSize(2);
        assertThat(open.windows(Optional::empty)).isEmpty();
    }

    @Test
    void namesTheNextSizeThatFits() {
        Window year = new Window(NOON, NOON.plus(Duration.ofDays(365)));
        Window decade = new Window(NOON, NOON.plus(Duration.ofDays(3_650)));
        Window ages = new Window(Instant.EPOCH, Event.END_OF_TIME);

        assertTooMany(WindowSize.MINUTE, year, "windowSize HOUR fits this range");
        assertTooMany(WindowSize.MINUTE, decade, "windowSize DAY fits this range");
        assertTooMany(WindowSize.HOUR, decade, "windowSize DAY fits this range");
        assertTooMany(WindowSize.DAY, ages, "ask for a shorter range");
        assertTooMany(WindowSize.MONTH, ages, "ask for a shorter range");
    }

    @Test
    void hasTenThousandWindowsAndNoMore() {
        Window most = new Window(NOON, NOON.plus(Duration.ofMinutes(10_000)));
        Window more = new Window(NOON, most.end().plusNanos(1_000));

        assertThat(query(NONE, NONE, WindowSize.MINUTE).windows(() -> Optional.of(most)))
                .hasSize(10_000);
        assertTooMany(WindowSize.MINUTE, more, "windowSize HOUR fits this range");
    }

    private static void assertTooMany(WindowSize size, Window data, String hint) {
        assertThatThrownBy(() -> query(NONE, NONE, size).windows(() -> Optional.of(data)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("too-many-windows: an answer has at most 10000 windows; " + hint);
    }

    private static UsageQuery whole(Meter meter, Optional<Instant> from, Optional<Instant> to) {
        return new UsageQuery(
                meter,
                new Subjects.Together(),
                from,
                to,
                new Windowing.Whole(),
                List.of(),
                Map.of());
    }

    private static UsageQuery query(List<DimensionKey> groupBy, Map<DimensionKey, Filter> filters) {
        return new UsageQuery(
                meter(NONE),
                new Subjects.Together(),
                NONE,
                NONE,
                new Windowing.Whole(),
                groupBy,
                filters);
    }

    private static UsageQuery query(Optional<Instant> from, Optional<Instant> to, WindowSize size) {
        return new UsageQuery(
                meter(NONE),
                new Subjects.Together(),
                from,
                to,
                new Windowing.By(size, ZoneOffset.UTC),
                List.of(),
                Map.of());
    }

    private static Meter meter(Optional<Instant> eventFrom) {
        return new Meter(
                new MeterId("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                Namespace.DEFAULT,
                new MeterSlug("requests"),
                "requests",
                Optional.empty(),
                new EventType("request"),
                eventFrom,
                new Aggregation.Count(),
                List.of(new Dimension(new DimensionKey("model"), PropertyPath.of("$.model"))),
                Optional.empty(),
                NOON,
                NOON,
                Optional.empty());
    }
}
