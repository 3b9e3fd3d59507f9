package io.meterport.bootstrap.ledger;

import io.meterport.domain.event.EventType;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.meter.PropertyPath;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The meters that the traffic is counted by: one of each aggregation, with one dimension. */
public final class Meters {
    /** The type of all events. */
    public static final String TYPE = "prompt";
    /** Counts the events. */
    public static final String COUNT = "m_count";

    private static final String VALUE = "$.value";
    private static final Map<String, String> AGGREGATIONS = new LinkedHashMap<>();

    static {
        AGGREGATIONS.put(COUNT, "COUNT");
        AGGREGATIONS.put("m_sum", "SUM");
        AGGREGATIONS.put("m_avg", "AVG");
        AGGREGATIONS.put("m_min", "MIN");
        AGGREGATIONS.put("m_max", "MAX");
        AGGREGATIONS.put("m_latest", "LATEST");
        AGGREGATIONS.put("m_unique", "UNIQUE_COUNT");
    }

    private Meters() {}

    /** All of them, as the domain knows them; ids and times say nothing. */
    public static List<Meter> all() {
        return AGGREGATIONS.keySet().stream().map(Meters::of).toList();
    }

    /** The bodies with which they are made. */
    public static Map<String, String> definitions() {
        Map<String, String> bodies = new LinkedHashMap<>();
        AGGREGATIONS.forEach((slug, aggregation) -> bodies.put(slug, """
                {"slug":"%s","aggregation":"%s","eventType":"%s"%s,\
                "groupBy":{"model":"$.model"}}""".formatted(
                slug,
                aggregation,
                TYPE,
                aggregation.equals("COUNT") ? "" : ",\"valueProperty\":\"" + VALUE + "\"")));
        return bodies;
    }

    private static Meter of(String slug) {
        return new Meter(
                new MeterId("01KAQ3W8ZC5V7N2M4T6R9X1YHB"),
                Namespace.DEFAULT,
                new MeterSlug(slug),
                slug,
                Optional.empty(),
                new EventType(TYPE),
                Optional.empty(),
                aggregation(AGGREGATIONS.get(slug)),
                List.of(new Dimension(new DimensionKey("model"), PropertyPath.of("$.model"))),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty());
    }

    private static Aggregation aggregation(String name) {
        PropertyPath value = PropertyPath.of(VALUE);
        return switch (name) {
            case "COUNT" -> new Aggregation.Count();
            case "SUM" -> new Aggregation.Sum(value);
            case "AVG" -> new Aggregation.Avg(value);
            case "MIN" -> new Aggregation.Min(value);
            case "MAX" -> new Aggregation.Max(value);
            case "LATEST" -> new Aggregation.Latest(value);
            default -> new Aggregation.UniqueCount(value);
        };
    }
}
