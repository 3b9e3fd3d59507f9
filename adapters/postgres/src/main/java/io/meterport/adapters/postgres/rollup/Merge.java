package io.meterport.adapters.postgres.rollup;

import io.meterport.domain.meter.Aggregation;

/** How the numbers of two cells become one. */
public enum Merge {
    /** They are added; where events are only counted they are zero. */
    SUM(0, "sum(t.number)", "0::bigint"),
    MIN(1, "min(t.number) filter (where t.vals > 0)", "0::bigint"),
    MAX(2, "max(t.number) filter (where t.vals > 0)", "0::bigint"),
    LATEST(
            3,
            "(array_agg(t.number order by t.at desc, t.number desc) filter (where t.vals > 0))[1]",
            "max(t.at)");

    private final short code;
    private final String number;
    private final String at;

    Merge(int code, String number, String at) {
        this.code = (short) code;
        this.number = number;
        this.at = at;
    }

    /** What that aggregation needs. */
    public static Merge of(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _ -> SUM;
            case Aggregation.UniqueCount _ -> SUM;
            case Aggregation.Sum _ -> SUM;
            case Aggregation.Avg _ -> SUM;
            case Aggregation.Min _ -> MIN;
            case Aggregation.Max _ -> MAX;
            case Aggregation.Latest _ -> LATEST;
        };
    }

    /** The column {@code kind}. */
    public short code() {
        return code;
    }

    /** What merges the columns {@code events, vals, at, number} of the rows of {@code t}. */
    public String aggregates() {
        return "sum(t.events)::bigint, sum(t.vals)::bigint, " + at + ", coalesce(" + number
                + ", 0)";
    }
}
