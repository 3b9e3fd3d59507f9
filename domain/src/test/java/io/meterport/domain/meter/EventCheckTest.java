package io.meterport.domain.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.EventType;
import io.meterport.domain.json.Json;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventCheckTest {
    private static final PropertyPath PATH = PropertyPath.of("$.duration_ms");

    @Test
    void saysNothingOfAnEventThatEveryMeterCanUse() {
        for (Json value : List.of(Json.Num.of(5), new Json.Text("5"), new Json.Text("-1e3"))) {
            assertThat(sum(value)).isEmpty();
            assertThat(unique(value)).isEmpty();
        }
    }

    @Test
    void saysThatDataIsMissing() {
        Event event = event(Optional.empty());

        assertThat(EventCheck.messages(event, List.of(meter("a", new Aggregation.Sum(PATH)))))
                .containsExactly("invalid event: null and missing value property");
    }

    @Test
    void saysThatThePropertyIsMissing() {
        Event event = event(Optional.of(Json.Obj.EMPTY));

        assertThat(EventCheck.messages(event, List.of(meter("a", new Aggregation.Sum(PATH)))))
                .containsExactly("invalid event: missing value property: \"$.duration_ms\"");
    }

    @Test
    void saysWhatTheValueIsInsteadOfANumber() {
        assertThat(sum(new Json.Nil())).containsExactly("invalid event: value cannot be null");
        assertThat(sum(new Json.Text("NaN"))).containsExactly("invalid event: value cannot be NaN");
        for (String infinity : List.of("Inf", "+Inf", "-Inf")) {
            assertThat(sum(new Json.Text(infinity)))
                    .containsExactly("invalid event: value cannot be infinity");
        }
        assertThat(sum(new Json.Text("many")))
                .containsExactly("invalid event: value cannot be parsed as float64: many");
        assertThat(sum(new Json.Bool(true)))
                .containsExactly("invalid event: unsupported value property type: bool");
        assertThat(sum(Json.Obj.EMPTY))
                .containsExactly("invalid event: unsupported value property type: object");
        assertThat(sum(new Json.Arr(List.of())))
                .containsExactly("invalid event: unsupported value property type: array");
        assertThat(sum(new Json.Num(new BigDecimal("1e28"))))
                .containsExactly(
                        "invalid event: value is out of bounds: 10000000000000000000000000000");
    }

    @Test
    void letsUniqueCountsTakeEveryScalar() {
        assertThat(unique(new Json.Bool(false))).isEmpty();
        assertThat(unique(new Json.Text("many"))).isEmpty();
        assertThat(unique(new Json.Text(""))).isEmpty();
        assertThat(unique(new Json.Nil())).containsExactly("invalid event: value cannot be null");
        assertThat(unique(Json.Obj.EMPTY))
                .containsExactly("invalid event: unsupported value property type: object");
    }

    @Test
    void neverFindsFaultForACount() {
        Event event = event(Optional.empty());

        assertThat(EventCheck.messages(event, List.of(meter("a", new Aggregation.Count()))))
                .isEmpty();
    }

    @Test
    void saysThatNoMeterCountsTheType() {
        Meter other = new Meter(
                new MeterId("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                Namespace.DEFAULT,
                new MeterSlug("other"),
                "other",
                Optional.empty(),
                new EventType("Request"),
                Optional.empty(),
                new Aggregation.Count(),
                List.of(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty());

        assertThat(EventCheck.messages(event(Optional.empty()), List.of(other)))
                .containsExactly("no meter found for event type: request");
        assertThat(EventCheck.messages(event(Optional.empty()), List.of()))
                .containsExactly("no meter found for event type: request");
    }

    @Test
    void saysItOnceForEachMeterInTheirOrder() {
        Event event =
                event(Optional.of(new Json.Obj(Map.of("duration_ms", new Json.Text("many")))));
        List<Meter> meters = List.of(
                meter("a", new Aggregation.Sum(PATH)),
                meter("b", new Aggregation.Count()),
                meter("c", new Aggregation.Max(PropertyPath.of("$.none"))));

        assertThat(EventCheck.messages(event, meters))
                .containsExactly(
                        "invalid event: value cannot be parsed as float64: many",
                        "invalid event: missing value property: \"$.none\"");
    }

    private static List<String> sum(Json value) {
        return messages(value, new Aggregation.Sum(PATH));
    }

    private static List<String> unique(Json value) {
        return messages(value, new Aggregation.UniqueCount(PATH));
    }

    private static List<String> messages(Json value, Aggregation aggregation) {
        Event event = event(Optional.of(new Json.Obj(Map.of("duration_ms", value))));
        return EventCheck.messages(event, List.of(meter("a", aggregation)));
    }

    private static Event event(Optional<Json.Obj> data) {
        return new Event(
                new EventKey("tests", "1"),
                new EventType("request"),
                new SubjectKey("alice"),
                Instant.parse("2025-03-05T12:00:00Z"),
                data);
    }

    private static Meter meter(String slug, Aggregation aggregation) {
        return new Meter(
                new MeterId("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                Namespace.DEFAULT,
                new MeterSlug(slug),
                slug,
                Optional.empty(),
                new EventType("request"),
                Optional.empty(),
                aggregation,
                List.of(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty());
    }
}
