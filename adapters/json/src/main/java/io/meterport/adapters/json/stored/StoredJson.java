package io.meterport.adapters.json.stored;

import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Objects of our own making in a column; what is not as we wrote it is a fault. */
final class StoredJson {
    private StoredJson() {}

    static Json.Obj read(String text) {
        return (Json.Obj) JsonReader.read("A stored object", text);
    }

    /** The object of that name; an empty one if there is none. */
    static Json.Obj object(Json.Obj stored, String name) {
        return (Json.Obj) stored.get(name).orElse(Json.Obj.EMPTY);
    }

    static Optional<String> text(Json.Obj stored, String name) {
        return stored.get(name).map(value -> ((Json.Text) value).value());
    }

    /** The texts of the array of that name, in order. */
    static Set<String> texts(Json.Obj stored, String name) {
        Set<String> texts = new LinkedHashSet<>();
        if (stored.get(name).orElse(null) instanceof Json.Arr array) {
            array.items().forEach(item -> texts.add(((Json.Text) item).value()));
        }
        return texts;
    }

    static Json.Arr texts(Collection<String> texts) {
        return new Json.Arr(texts.stream().<Json>map(Json.Text::new).toList());
    }
}
