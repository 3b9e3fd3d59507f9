package io.meterport.adapters.http;

import io.meterport.domain.json.Json;
import io.meterport.domain.problem.ProblemException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The members of a JSON object that a client sent, read by type. What is missing or of another
 * type is refused with a code and the place; a JSON null is of another type unless said otherwise.
 * Members that nobody asks for are ignored.
 *
 * @param pointer where the object stands in the body, as a JSON pointer
 * @param code the problem of everything refused here
 */
record Members(Json.Obj object, String pointer, String code) {
    /** The members of a whole body, which has to be an object. */
    static Members ofBody(Json body) {
        return of(body, "", Faults.BODY);
    }

    /** The members of that value, which has to be an object. */
    static Members of(Json json, String pointer, String code) {
        if (json instanceof Json.Obj object) {
            return new Members(object, pointer, code);
        }
        String what = pointer.isEmpty() ? "The body" : last(pointer);
        throw Faults.at(code, what + " must be a JSON object.", pointer);
    }

    /** Whether the object has it, be it null. */
    boolean has(String name) {
        return object.members().containsKey(name);
    }

    /** A string. */
    Optional<String> text(String name) {
        return object.get(name).map(json -> text(json, name, () -> place(name)));
    }

    /** A string that has to be there. */
    String requiredText(String name) {
        return text(name).orElseThrow(() -> fault(name, "is required"));
    }

    /** A string, or null for none. */
    Optional<String> nullableText(String name) {
        return isNull(name) ? Optional.empty() : text(name);
    }

    /** A time with an offset. */
    Optional<OffsetDateTime> time(String name) {
        return text(name)
                .map(text -> Rfc3339.parse(text)
                        .orElseThrow(() -> fault(
                                name, "must be an RFC 3339 time with seconds and an offset")));
    }

    /** An array of strings. */
    Optional<List<String>> texts(String name) {
        return object.get(name).map(json -> texts(json, name, place(name)));
    }

    /** An object; empty if it is not there. */
    Optional<Json.Obj> objectAt(String name) {
        return object.get(name).map(json -> {
            if (json instanceof Json.Obj found) {
                return found;
            }
            throw fault(name, "must be a JSON object");
        });
    }

    /** An object, or null for none. */
    Optional<Json.Obj> nullableObject(String name) {
        return isNull(name) ? Optional.empty() : objectAt(name);
    }

    /** An object of strings, in its order. */
    Optional<Map<String, String>> textByName(String name) {
        return objectAt(name)
                .map(found -> byName(
                        found,
                        (json, key) -> text(
                                json,
                                name + " of each name",
                                () -> place(name) + "/" + escaped(key))));
    }

    /** An object of arrays of strings, in its order. */
    Optional<Map<String, List<String>>> textsByName(String name) {
        return objectAt(name)
                .map(found -> byName(
                        found,
                        (json, key) -> texts(
                                json, name + " of each name", place(name) + "/" + escaped(key))));
    }

    /** What {@code reading} makes of a string, with its place if it is refused. */
    <T> Optional<T> parsed(String name, Function<String, T> reading) {
        return text(name).map(text -> Faults.located(place(name), () -> reading.apply(text)));
    }

    /** As {@link #parsed}, of a string that has to be there. */
    <T> T requiredParsed(String name, Function<String, T> reading) {
        String text = requiredText(name);
        return Faults.located(place(name), () -> reading.apply(text));
    }

    boolean isNull(String name) {
        return object.members().get(name) instanceof Json.Nil;
    }

    /** That the member breaks a rule, which completes a sentence. */
    ProblemException fault(String name, String rule) {
        return Faults.at(code, name + " " + rule + ".", place(name));
    }

    /** Where the member stands. */
    String place(String name) {
        return pointer + "/" + escaped(name);
    }

    private interface Reading<T> {
        T read(Json json, String key);
    }

    private static <T> Map<String, T> byName(Json.Obj found, Reading<T> reading) {
        Map<String, T> values = new LinkedHashMap<>();
        found.members().forEach((key, json) -> values.put(key, reading.read(json, key)));
        return values;
    }

    private String text(Json json, String what, Supplier<String> place) {
        if (json instanceof Json.Text(String text)) {
            return text;
        }
        throw Faults.at(code, what + " must be a string.", place.get());
    }

    private List<String> texts(Json json, String what, String place) {
        if (!(json instanceof Json.Arr(List<Json> items))) {
            throw Faults.at(code, what + " must be an array of strings.", place);
        }
        List<String> texts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            int index = i;
            texts.add(text(items.get(i), "each of " + what, () -> place + "/" + index));
        }
        return texts;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String last(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
}
