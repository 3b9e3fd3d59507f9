package io.meterport.bootstrap.client;

import io.meterport.domain.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a body that is being put together; what was not given is left out. */
final class Members {
    private final Map<String, Json> members = new LinkedHashMap<>();

    Members with(String name, Optional<String> text) {
        text.ifPresent(value -> members.put(name, new Json.Text(value)));
        return this;
    }

    Members with(String name, List<String> texts) {
        if (!texts.isEmpty()) {
            members.put(
                    name, new Json.Arr(texts.stream().<Json>map(Json.Text::new).toList()));
        }
        return this;
    }

    Members with(String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            Map<String, Json> object = new LinkedHashMap<>();
            texts.forEach((key, value) -> object.put(key, new Json.Text(value)));
            members.put(name, new Json.Obj(object));
        }
        return this;
    }

    Members with(String name, boolean flag) {
        if (flag) {
            members.put(name, new Json.Bool(true));
        }
        return this;
    }

    Json.Obj json() {
        return new Json.Obj(members);
    }
}
