package io.meterport.domain.meter;

import io.meterport.domain.event.Event;
import io.meterport.domain.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why meters pass over a stored event, in the words that OpenMeter's clients know. */
public final class EventCheck {
    private static final Set<String> INFINITIES = Set.of("Inf", "+Inf", "-Inf", "Infinity");

    private EventCheck() {}

    /** One message for each of these live meters that cannot use the event; in their order. */
    public static List<String> messages(Event event, List<Meter> meters) {
        List<String> messages = new ArrayList<>();
        boolean counted = false;
        for (Meter meter : meters) {
            if (meter.eventType().equals(event.type())) {
                counted = true;
                message(event, meter).ifPresent(messages::add);
            }
        }
        if (!counted) {
            messages.add("no meter found for event type: " + event.type());
        }
        return List.copyOf(messages);
    }

    private static Optional<String> message(Event event, Meter meter) {
        return meter.aggregation()
                .property()
                .flatMap(path -> fault(event, path, meter.aggregation()))
                .map(fault -> "invalid event: " + fault);
    }

    private static Optional<String> fault(Event event, PropertyPath path, Aggregation aggregation) {
        if (event.data().isEmpty()) {
            return Optional.of("null and missing value property");
        }
        Optional<Json> found = event.data().flatMap(path::find);
        if (found.isEmpty()) {
            return Optional.of("missing value property: \"" + path + "\"");
        }
        if (found.get() instanceof Json.Nil) {
            return Optional.of("value cannot be null");
        }
        return aggregation instanceof Aggregation.UniqueCount
                ? typeFault(found.get(), false)
                : numberFault(found.get());
    }

    private static Optional<String> numberFault(Json value) {
        if (MeteredNumber.of(value).isPresent()) {
            return Optional.empty();
        }
        return switch (value) {
            case Json.Num number ->
                Optional.of("value is out of bounds: " + MeteredNumber.plain(number.value()));
            case Json.Text(String text) -> Optional.of(textFault(text));
            case Json.Bool bool -> typeFault(bool, true);
            case Json.Obj object -> typeFault(object, true);
            case Json.Arr array -> typeFault(array, true);
            case Json.Nil ignored -> Optional.of("value cannot be null");
        };
    }

    private static String textFault(String text) {
        if (text.equals("NaN")) {
            return "value cannot be NaN";
        }
        return INFINITIES.contains(text)
                ? "value cannot be infinity"
                : "value cannot be parsed as float64: " + text;
    }

    private static Optional<String> typeFault(Json value, boolean asNumber) {
        String type = switch (value) {
            case Json.Bool ignored -> asNumber ? "bool" : "";
            case Json.Obj ignored -> "object";
            case Json.Arr ignored -> "array";
            case Json.Text ignored -> "";
            case Json.Num ignored -> "";
            case Json.Nil ignored -> "null";
        };
        return type.isEmpty()
                ? Optional.empty()
                : Optional.of("unsupported value property type: " + type);
    }
}
