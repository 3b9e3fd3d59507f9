package io.meterport.application.meter;

import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Meter;
import java.util.Comparator;

/** By what a list of meters is ordered; ties by id. */
public enum MeterOrder {
    KEY,
    NAME,
    AGGREGATION,
    CREATED_AT,
    UPDATED_AT;

    Comparator<Meter> comparator() {
        Comparator<Meter> order = switch (this) {
            case KEY -> Comparator.comparing(Meter::slug);
            case NAME -> Comparator.comparing(Meter::name);
            case AGGREGATION -> Comparator.comparingInt(m -> rank(m.aggregation()));
            case CREATED_AT -> Comparator.comparing(Meter::createdAt);
            case UPDATED_AT -> Comparator.comparing(Meter::updatedAt);
        };
        return order.thenComparing(meter -> meter.id().value());
    }

    /** The order of the aggregations' names. */
    private static int rank(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Avg _ -> 0;
            case Aggregation.Count _ -> 1;
            case Aggregation.Latest _ -> 2;
            case Aggregation.Max _ -> 3;
            case Aggregation.Min _ -> 4;
            case Aggregation.Sum _ -> 5;
            case Aggregation.UniqueCount _ -> 6;
        };
    }
}
