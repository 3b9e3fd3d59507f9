package io.meterport.domain.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Contribution.Value;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContributionTest {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");
    private static final Aggregation SUM = new Aggregation.Sum(PropertyPath.of("$.value"));
    private static final Aggregation UNIQUE =
            new Aggregation.UniqueCount(PropertyPath.of("$.value"));

    @Test
    void givesItsNumberAndItsDimensionsInTheirOrder() {
        Json.Obj data = new Json.Obj(Map.of(
                "value", new Json.Text("1.50"), "b", new Json.Text("x"), "a", Json.Num.of(7)));

        Contribution gives = gives(SUM, Optional.of(data)).orElseThrow();

        assertThat(gives.group()).containsExactly("x", "7", "");
        assertThat(gives.value())
                .isInstanceOfSatisfying(
                        Value.Number.class,
                        value -> assertThat(value.number()).isEqualByComparingTo("1.5"));
    }

    @Test
    void belongsToItsGroupEvenWithoutAValue() {
        Json.Obj data =
                new Json.Obj(Map.of("value", new Json.Text("many"), "b", new Json.Text("x")));

        Contribution gives = gives(SUM, Optional.of(data)).orElseThrow();

        assertThat(gives.group()).containsExactly("x", "", "");
        assertThat(gives.value()).isEqualTo(new Value.None());
    }

    @Test
    void givesNothingButItselfWithoutData() {
        assertThat(gives(SUM, Optional.empty()))
                .contains(new Contribution(
                        meter(SUM, Optional.empty()).id(), List.of("", "", ""), new Value.None()));
    }

    @Test
    void givesTheTextOfAValueToBeCountedOnce() {
        assertThat(unique(new Json.Num(new BigDecimal("1.0")))).isEqualTo(new Value.Text("1"));
        assertThat(unique(new Json.Text(""))).isEqualTo(new Value.Text(""));
        assertThat(unique(new Json.Bool(true))).isEqualTo(new Value.Text("true"));
        assertThat(unique(new Json.Nil())).isEqualTo(new Value.None());
        assertThat(unique(Json.Obj.EMPTY)).isEqualTo(new Value.None());
    }

    @Test
    void isAskedForNoValueByACount() {
        Json.Obj data = new Json.Obj(Map.of("value", Json.Num.of(5)));

        assertThat(gives(new Aggregation.Count(), Optional.of(data))
                        .orElseThrow()
                        .value())
                .isEqualTo(new Value.None());
    }

    @Test
    void comesOnlyFromEventsOfTheTypeFromTheFirstMomentOn() {
        Event event = event("request", Optional.empty());

        assertThat(Contribution.of(meter(SUM, Optional.of(NOON)), event)).isPresent();
        assertThat(Contribution.of(meter(SUM, Optional.of(NOON.plusNanos(1_000))), event))
                .isEmpty();
        assertThat(Contribution.of(
                        meter(SUM, Optional.empty()), event("Request", Optional.empty())))
                .isEmpty();
    }

    private static Value unique(Json value) {
        return gives(UNIQUE, Optional.of(new Json.Obj(Map.of("value", value))))
                .orElseThrow()
                .value();
    }

    private static Optional<Contribution> gives(Aggregation aggregation, Optional<Json.Obj> data) {
        return Contribution.of(meter(aggregation, Optional.empty()), event("request", data));
    }

    private static Event event(String type, Optional<Json.Obj> data) {
        return new Event(
                new EventKey("tests", "1"),
                new EventType(type),
                new SubjectKey("alice"),
                NOON,
                data);
    }

    private static Meter meter(Aggregation aggregation, Optional<Instant> eventFrom) {
        return new Meter(
                new MeterId("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                Namespace.DEFAULT,
                new MeterSlug("tokens"),
                "tokens",
                Optional.empty(),
                new EventType("request"),
                eventFrom,
                aggregation,
                List.of("b", "a", "c").stream()
                        .map(key ->
                                new Dimension(new DimensionKey(key), PropertyPath.of("$." + key)))
                        .toList(),
                Optional.empty(),
                NOON,
                NOON,
                Optional.empty());
    }
}
