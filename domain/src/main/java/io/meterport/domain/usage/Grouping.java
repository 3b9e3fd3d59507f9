package io.meterport.domain.usage;

import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A query's filters and group-by, resolved to places in a meter's dimensions once, so that each of
 * many groups costs only comparisons. Immutable and thread-safe.
 */
public final class Grouping {
    private record Condition(int place, Filter filter) {}

    private final List<Condition> conditions = new ArrayList<>();
    private final int[] places;

    Grouping(UsageQuery query) {
        Meter meter = query.meter();
        for (Map.Entry<DimensionKey, Filter> entry : query.filters().entrySet()) {
            int place = meter.dimension(entry.getKey()).orElseThrow();
            conditions.add(new Condition(place, entry.getValue()));
        }
        places = query.groupBy().stream()
                .mapToInt(key -> meter.dimension(key).orElseThrow())
                .toArray();
    }

    /** Whether neither a filter nor a group-by looks at the dimensions: total rows are enough. */
    public boolean needsNoDimension() {
        return conditions.isEmpty() && places.length == 0;
    }

    /** Whether events with these values of all the meter's dimensions are asked for. */
    public boolean matches(List<String> group) {
        for (Condition condition : conditions) {
            if (!condition.filter().matches(group.get(condition.place()))) {
                return false;
            }
        }
        return true;
    }

    /** Of the values of all the meter's dimensions, those told apart, in the order asked for. */
    public List<String> project(List<String> group) {
        if (places.length == 0) {
            return List.of();
        }
        List<String> projected = new ArrayList<>(places.length);
        for (int place : places) {
            projected.add(group.get(place));
        }
        return List.copyOf(projected);
    }
}
