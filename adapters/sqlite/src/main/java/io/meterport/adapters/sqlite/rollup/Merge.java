package io.meterport.adapters.sqlite.rollup;

import io.meterport.domain.meter.Aggregation;

/** How the numbers of two cells become one. */
public enum Merge {
    /** There are none: events are counted. */
    COUNT,
    SUM,
    MIN,
    MAX,
    LATEST;

    /** What that aggregation needs. */
    public static Merge of(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _ -> COUNT;
            case Aggregation.UniqueCount _ -> COUNT;
            case Aggregation.Sum _ -> SUM;
            case Aggregation.Avg _ -> SUM;
            case Aggregation.Min _ -> MIN;
            case Aggregation.Max _ -> MAX;
            case Aggregation.Latest _ -> LATEST;
        };
    }
}
