package io.meterport.bootstrap.demo;

import io.meterport.domain.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The meters of the demonstration, as the API takes them. */
public final class DemoMeters {
    /** The meter that the demonstration shows. */
    public static final String SHOWN = "tokens_total";

    private DemoMeters() {}

    /** All of them. */
    public static List<Json.Obj> all() {
        return List.of(
                meter(SHOWN, "Tokens", "tokens", "SUM", "$.tokens", List.of("model", "kind")),
                meter("prompts", "Prompts", "prompts", "COUNT", "", List.of("model", "route")),
                meter(
                        "slowest_ms",
                        "Slowest prompt",
                        "ms",
                        "MAX",
                        "$.duration_ms",
                        List.of("model")),
                meter("sessions", "Sessions", "sessions", "UNIQUE_COUNT", "$.session", List.of()));
    }

    /** The slug of a meter that the API takes. */
    public static String slug(Json.Obj meter) {
        return meter.get("slug").map(slug -> ((Json.Text) slug).value()).orElseThrow();
    }

    private static Json.Obj meter(
            String slug,
            String name,
            String unit,
            String aggregation,
            String value,
            List<String> dimensions) {
        Map<String, Json> meter = new LinkedHashMap<>();
        meter.put("slug", new Json.Text(slug));
        meter.put("name", new Json.Text(name));
        meter.put("aggregation", new Json.Text(aggregation));
        meter.put("eventType", new Json.Text(MadeUpEvents.TYPE));
        if (!value.isEmpty()) {
            meter.put("valueProperty", new Json.Text(value));
        }
        Map<String, Json> groupBy = new LinkedHashMap<>();
        Map<String, Json> metadata = new LinkedHashMap<>(Map.of("unit", new Json.Text(unit)));
        dimensions.forEach(key -> {
            groupBy.put(key, new Json.Text("$." + key));
            metadata.put("label." + key, new Json.Text(label(key)));
        });
        meter.put("groupBy", new Json.Obj(groupBy));
        meter.put("metadata", new Json.Obj(metadata));
        return new Json.Obj(meter);
    }

    private static String label(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
}
