package io.meterport.adapters.http;

import io.meterport.domain.json.Json;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Filters as clients write them: an object with one operator. Stateless. */
final class Filters {
    private static final String CODE = "invalid-filter";

    private Filters() {}

    /**
     * A condition on a text.
     *
     * @param depth how deep {@code $and} and {@code $or} may be nested
     */
    static Filter text(Json json, int depth) {
        return of(json, new Filter.Any(), (operator, operand) -> text(operator, operand, depth));
    }

    /** A condition on a time. */
    static TimeFilter time(Json json, int depth) {
        return of(
                json, new TimeFilter.Any(), (operator, operand) -> time(operator, operand, depth));
    }

    private interface Operators<T> {
        T of(String operator, Json operand);
    }

    private static <T> T of(Json json, T none, Operators<T> operators) {
        if (!(json instanceof Json.Obj(Map<String, Json> members))) {
            throw fault("A filter must be a JSON object.");
        }
        if (members.size() > 1) {
            throw fault("A filter has one operator; combine several with $and or $or.");
        }
        return members.entrySet().stream()
                .findFirst()
                .map(member -> operators.of(member.getKey(), member.getValue()))
                .orElse(none);
    }

    private static Filter text(String operator, Json operand, int depth) {
        return switch (operator) {
            case "$eq" -> Filter.eq(string(operand));
            case "$ne" -> new Filter.Not(Filter.eq(string(operand)));
            case "$in" -> in(operand);
            case "$nin" -> new Filter.Not(in(operand));
            case "$like" -> Filter.like(string(operand));
            case "$nlike" -> new Filter.Not(Filter.like(string(operand)));
            case "$ilike" -> Filter.ilike(string(operand));
            case "$nilike" -> new Filter.Not(Filter.ilike(string(operand)));
            case "$gt" -> new Filter.Greater(string(operand));
            case "$gte" -> new Filter.Not(new Filter.Less(string(operand)));
            case "$lt" -> new Filter.Less(string(operand));
            case "$lte" -> new Filter.Not(new Filter.Greater(string(operand)));
            case "$and" -> new Filter.And(each(operand, depth, part -> text(part, depth - 1)));
            case "$or" -> new Filter.Or(each(operand, depth, part -> text(part, depth - 1)));
            default -> throw unknown();
        };
    }

    private static TimeFilter time(String operator, Json operand, int depth) {
        return switch (operator) {
            case "$gt" -> new TimeFilter.After(instant(operand), false);
            case "$gte" -> new TimeFilter.After(instant(operand), true);
            case "$lt" -> new TimeFilter.Before(instant(operand), false);
            case "$lte" -> new TimeFilter.Before(instant(operand), true);
            case "$and" -> new TimeFilter.And(each(operand, depth, part -> time(part, depth - 1)));
            case "$or" -> new TimeFilter.Or(each(operand, depth, part -> time(part, depth - 1)));
            default -> throw unknown();
        };
    }

    private static Filter in(Json operand) {
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        items(operand).forEach(item -> texts.add(string(item)));
        return new Filter.In(texts);
    }

    private static <T> List<T> each(Json operand, int depth, Function<Json, T> reading) {
        if (depth == 0) {
            throw fault("$and and $or are nested too deep.");
        }
        return items(operand).stream().map(reading).toList();
    }

    private static List<Json> items(Json operand) {
        if (!(operand instanceof Json.Arr(List<Json> items))) {
            throw fault("The operand of $in, $nin, $and and $or must be an array.");
        }
        if (items.size() > Filter.MOST_OPERANDS) {
            throw fault("A filter has at most " + Filter.MOST_OPERANDS + " operands.");
        }
        return items;
    }

    private static String string(Json operand) {
        if (operand instanceof Json.Text(String text)) {
            return text;
        }
        throw fault("The operand of a filter must be a string.");
    }

    private static Instant instant(Json operand) {
        return Rfc3339.parse(string(operand))
                .map(OffsetDateTime::toInstant)
                .orElseThrow(() -> fault("A time must be RFC 3339 with seconds and an offset."));
    }

    private static ProblemException unknown() {
        return fault("The filter has an operator that does not exist here.");
    }

    private static ProblemException fault(String detail) {
        return Faults.of(CODE, detail);
    }
}
