package io.meterport.adapters.http.wire;

import java.util.ArrayList;
import java.util.List;

/** The parameters of a query string, decoded, in the order in which they were sent. */
public final class Query {
    /** One name with one value; {@code ""} where there is no equals sign. */
    public record Parameter(String name, String value) {}

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** Reads a query string, as it was sent, or refuses it with {@code malformed-request}. */
    static Query of(String raw) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < raw.length()) {
            int and = raw.indexOf('&', start);
            int end = and < 0 ? raw.length() : and;
            if (end > start) {
                parameters.add(parameter(raw, start, end));
            }
            start = end + 1;
        }
        return new Query(List.copyOf(parameters));
    }

    /** All of them. */
    public List<Parameter> all() {
        return parameters;
    }

    /** The values of that name, in order. */
    public List<String> values(String name) {
        List<String> values = List.of();
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                values = values.isEmpty() ? new ArrayList<>() : values;
                values.add(parameter.value());
            }
        }
        return values;
    }

    /** Whether there is one of that name. */
    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    private static Parameter parameter(String raw, int start, int end) {
        int equals = raw.indexOf('=', start);
        return equals < 0 || equals >= end
                ? new Parameter(Percent.query(raw.substring(start, end)), "")
                : new Parameter(
                        Percent.query(raw.substring(start, equals)),
                        Percent.query(raw.substring(equals + 1, end)));
    }
}
