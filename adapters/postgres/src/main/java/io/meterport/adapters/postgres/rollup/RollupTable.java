package io.meterport.adapters.postgres.rollup;

/** The tables of rollups. */
public enum RollupTable {
    HOUR_TOTAL("hour_total", "hour", "int", true, false),
    HOUR_PART("hour_part", "hour", "int", true, true),
    MINUTE_TOTAL("minute_total", "minute", "bigint", false, false),
    MINUTE_PART("minute_part", "minute", "bigint", false, true);

    private static final String NUMBER = """
            case
                when excluded.vals = 0 then t.number
                when t.vals = 0 then excluded.number
                when t.kind = 0 then t.number + excluded.number
                when t.kind = 1 then least(t.number, excluded.number)
                when t.kind = 2 then greatest(t.number, excluded.number)
                when (excluded.at, excluded.number) > (t.at, t.number) then excluded.number
                else t.number
            end""";

    private final String table;
    private final String bucket;
    private final boolean ofHours;
    private final boolean ofParts;
    private final String upsert;

    RollupTable(String table, String bucket, String type, boolean ofHours, boolean ofParts) {
        this.table = table;
        this.bucket = bucket;
        this.ofHours = ofHours;
        this.ofParts = ofParts;
        String key = "build, series, " + bucket + (ofParts ? ", combination" : "");
        this.upsert = "insert into " + table + " as t (" + key + ", kind, events, vals, at, number"
                + (ofHours ? ", first, last" : "") + ")\nselect * from unnest("
                + "?::bigint[], ?::bigint[], ?::" + type + "[], "
                + (ofParts ? "?::int[], " : "")
                + "?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::numeric[]"
                + (ofHours ? ", ?::smallint[], ?::smallint[]" : "") + ")\n"
                + "on conflict (" + key + ") do update set events = t.events + excluded.events,"
                + " vals = t.vals + excluded.vals, at = greatest(t.at, excluded.at), "
                + (ofHours
                        ? "first = least(t.first, excluded.first),"
                                + " last = greatest(t.last, excluded.last), "
                        : "")
                + "number = " + NUMBER;
    }

    /** The table's name. */
    public String table() {
        return table;
    }

    /** The column of the hour or minute. */
    public String bucket() {
        return bucket;
    }

    /** Whether its rows are hours, and not minutes. */
    public boolean ofHours() {
        return ofHours;
    }

    /** Whether its rows tell combinations apart. */
    public boolean ofParts() {
        return ofParts;
    }

    /** The minutes of the earliest and of the latest event of a row of {@code t}. */
    public String firstMinute() {
        return ofHours ? "t.hour::bigint * 60 + t.first" : "t.minute";
    }

    /** That of the latest event. */
    public String lastMinute() {
        return ofHours ? "t.hour::bigint * 60 + t.last" : "t.minute";
    }

    /** Adds rows to those that are there. */
    String upsert() {
        return upsert;
    }
}
