package io.meterport.domain.usage;

import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A query's filters and group-by, resolved to places in a meter's dimensions once, so that each of
 * many groups costs only comparisons. Immutable and thread-safe.
 */
public final class Grouping {
    private record Condition(int place, Filter filter) {}

    private final List<Condition> conditions = new ArrayList<>();
    private final int[] places;
    private final Optional<Set<List<String>>> kept;

    Grouping(UsageQuery query) {
        Meter meter = query.meter();
        for (Map.Entry<DimensionKey, Filter> entry : query.filters().entrySet()) {
            int place = meter.dimension(entry.getKey()).orElseThrow();
            conditions.add(new Condition(place, entry.getValue()));
        }
        places = query.groupBy().stream()
                .mapToInt(key -> meter.dimension(key).orElseThrow())
                .toArray();
        kept = query.kept();
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

    /**
     * Of the values of all the meter's dimensions, those told apart, in the order asked for; or
     * {@link UsageQuery#OTHER} where the query does not tell that group apart.
     */
    public List<String> project(List<String> values) {
        if (places.length == 0) {
            return List.of();
        }
        List<String> projected = new ArrayList<>(places.length);
        for (int place : places) {
            projected.add(values.get(place));
        }
        List<String> group = List.copyOf(projected);
        return kept.map(these -> these.contains(group)).orElse(true) ? group : UsageQuery.OTHER;
    }
}
