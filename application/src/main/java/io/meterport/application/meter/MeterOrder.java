package io.meterport.application.meter;

import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Meter;
import java.util.Comparator;

/** By what a list of meters is ordered; ties by id. */
public enum MeterOrder {
    KEY(Comparator.comparing(Meter::slug)),
    NAME(Comparator.comparing(Meter::name)),
    AGGREGATION(Comparator.comparing(meter -> rank(meter.aggregation()))),
    CREATED_AT(Comparator.comparing(Meter::createdAt)),
    UPDATED_AT(Comparator.comparing(Meter::updatedAt));

    private final Comparator<Meter> comparator;

    MeterOrder(Comparator<Meter> comparator) {
        this.comparator = comparator.thenComparing(meter -> meter.id().value());
    }

    Comparator<Meter> comparator() {
        return comparator;
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
