package io.meterport.domain.meter;

import io.meterport.domain.event.Event;
import io.meterport.domain.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one event gives to one meter: the values of the meter's dimensions, in their order, and the
 * metered value. Worked out in Java, so that no store ever reads a property path.
 *
 * @param group one text for each dimension of the meter; {@code ""} where the event has none
 */
public record Contribution(MeterId meter, List<String> group, Value value) {
    /** The metered value. */
    public sealed interface Value {
        /** No usable value: the event counts as an event, and for nothing else. */
        record None() implements Value {}

        /** A number within the bounds of {@link MeteredNumber}. */
        record Number(BigDecimal number) implements Value {}

        /** The text form of a value to be counted once. */
        record Text(String text) implements Value {}
    }

    private static final Value NONE = new Value.None();

    public Contribution {
        Objects.requireNonNull(meter, "meter");
        group = List.copyOf(group);
        Objects.requireNonNull(value, "value");
    }

    /** What {@code event} gives to {@code meter}; empty if it is not among the meter's events. */
    public static Optional<Contribution> of(Meter meter, Event event) {
        boolean counts = event.type().equals(meter.eventType())
                && meter.eventFrom().map(from -> !event.time().isBefore(from)).orElse(true);
        return counts
                ? Optional.of(
                        new Contribution(meter.id(), group(meter, event), value(meter, event)))
                : Optional.empty();
    }

    private static List<String> group(Meter meter, Event event) {
        if (meter.dimensions().isEmpty()) {
            return List.of();
        }
        List<String> group = new ArrayList<>(meter.dimensions().size());
        for (Dimension dimension : meter.dimensions()) {
            group.add(find(dimension.path(), event).flatMap(MeteredNumber::text).orElse(""));
        }
        return group;
    }

    private static Value value(Meter meter, Event event) {
        return switch (meter.aggregation()) {
            case Aggregation.Count ignored -> NONE;
            case Aggregation.Sum(var path) -> number(path, event);
            case Aggregation.Avg(var path) -> number(path, event);
            case Aggregation.Min(var path) -> number(path, event);
            case Aggregation.Max(var path) -> number(path, event);
            case Aggregation.Latest(var path) -> number(path, event);
            case Aggregation.UniqueCount(var path) ->
                find(path, event)
                        .flatMap(MeteredNumber::text)
                        .<Value>map(Value.Text::new)
                        .orElse(NONE);
        };
    }

    private static Value number(PropertyPath path, Event event) {
        return find(path, event)
                .flatMap(MeteredNumber::of)
                .<Value>map(Value.Number::new)
                .orElse(NONE);
    }

    private static Optional<Json> find(PropertyPath path, Event event) {
        return event.data().flatMap(path::find);
    }
}
