package io.meterport.bootstrap.client;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes answers apart. */
final class Fields {
    private Fields() {}

    static Map<String, Json> members(Json json) {
        return json instanceof Json.Obj(Map<String, Json> members) ? members : Map.of();
    }

    static List<Json> items(Json json) {
        return json instanceof Json.Arr(List<Json> items) ? items : List.of();
    }

    static List<Json> items(Map<String, Json> members, String name) {
        return Optional.ofNullable(members.get(name)).map(Fields::items).orElse(List.of());
    }

    static Optional<String> text(Map<String, Json> members, String name) {
        return Optional.ofNullable(members.get(name)).flatMap(Fields::text);
    }

    /** As a person reads it; empty for null. */
    static Optional<String> text(Json json) {
        return switch (json) {
            case Json.Text(String value) -> Optional.of(value);
            case Json.Num(var value) -> Optional.of(value.toPlainString());
            case Json.Bool(boolean value) -> Optional.of(String.valueOf(value));
            case Json.Nil() -> Optional.empty();
            case Json.Obj obj -> Optional.of(JsonPrinter.text(obj));
            case Json.Arr(List<Json> items) ->
                Optional.of(String.join(
                        " ",
                        items.stream()
                                .map(Fields::text)
                                .flatMap(Optional::stream)
                                .toList()));
        };
    }
}
