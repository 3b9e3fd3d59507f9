package io.meterport.domain.meter;

import io.meterport.domain.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Where in an event's data a value stands: the part of JSONPath that addresses one place, {@code
 * $.name}, {@code $['name']} and {@code $.list[0]}, of 1 to {@value #MOST_STEPS} steps.
 *
 * @param text as it was written
 * @param steps the same, taken apart
 */
public record PropertyPath(String text, List<Step> steps) {
    /** The longest path, in steps. */
    public static final int MOST_STEPS = 32;
    /** The longest path, in characters. */
    public static final int MOST_CHARACTERS = 1_024;

    /** One step down. */
    public sealed interface Step {
        /** To the member of that name. */
        record Member(String name) implements Step {}

        /** To the item at that place, counted from zero. */
        record Item(int index) implements Step {}
    }

    public PropertyPath {
        steps = List.copyOf(steps);
    }

    /** Reads a path, or refuses it with {@code invalid-path}. */
    public static PropertyPath of(String text) {
        return new PropertyPath(text, new PropertyPathText(text).steps());
    }

    /** What stands there; empty where there is nothing. A JSON null is something. */
    public Optional<Json> find(Json.Obj data) {
        Json at = data;
        for (Step step : steps) {
            Json next = down(at, step);
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    private static Json down(Json at, Step step) {
        return switch (step) {
            case Step.Member(String name) ->
                at instanceof Json.Obj object ? object.members().get(name) : null;
            case Step.Item(int index) ->
                at instanceof Json.Arr array && index < array.items().size()
                        ? array.items().get(index)
                        : null;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
