package io.meterport.adapters.json.stored;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.json.JsonReader;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of a meter as texts. */
public final class MeterText {
    private MeterText() {}

    /** What contributions are grouped by: if it changes, events have to be counted again. */
    public static String paths(Meter meter) {
        return JsonPrinter.text(new Json.Arr(meter.dimensions().stream()
                .<Json>map(dimension -> new Json.Text(dimension.path().text()))
                .toList()));
    }

    /** The aggregation of that name, which reads that property unless it reads none. */
    public static Aggregation aggregation(String name, String property) {
        return switch (name) {
            case "COUNT" -> new Aggregation.Count();
            case "SUM" -> new Aggregation.Sum(PropertyPath.of(property));
            case "AVG" -> new Aggregation.Avg(PropertyPath.of(property));
            case "MIN" -> new Aggregation.Min(PropertyPath.of(property));
            case "MAX" -> new Aggregation.Max(PropertyPath.of(property));
            case "LATEST" -> new Aggregation.Latest(PropertyPath.of(property));
            case "UNIQUE_COUNT" -> new Aggregation.UniqueCount(PropertyPath.of(property));
            default ->
                throw new IllegalStateException("a meter with an unknown aggregation is stored");
        };
    }

    /** The name of the aggregation. */
    public static String name(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _ -> "COUNT";
            case Aggregation.Sum _ -> "SUM";
            case Aggregation.Avg _ -> "AVG";
            case Aggregation.Min _ -> "MIN";
            case Aggregation.Max _ -> "MAX";
            case Aggregation.Latest _ -> "LATEST";
            case Aggregation.UniqueCount _ -> "UNIQUE_COUNT";
        };
    }

    /** The dimensions that the text says, in order. */
    public static List<Dimension> dimensions(String text) {
        List<Dimension> dimensions = new ArrayList<>();
        texts(text)
                .forEach((key, path) -> dimensions.add(
                        new Dimension(new DimensionKey(key), PropertyPath.of(path))));
        return dimensions;
    }

    /** The dimensions as an object of keys and paths. */
    public static String of(List<Dimension> dimensions) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Dimension dimension : dimensions) {
            members.put(dimension.key().value(), new Json.Text(dimension.path().text()));
        }
        return JsonPrinter.text(new Json.Obj(members));
    }

    /** Notes as an object. */
    public static String of(Map<String, String> notes) {
        Map<String, Json> members = new LinkedHashMap<>();
        notes.forEach((name, note) -> members.put(name, new Json.Text(note)));
        return JsonPrinter.text(new Json.Obj(members));
    }

    /** Notes that the text says, in order. */
    public static Map<String, String> texts(String text) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (JsonReader.read("A stored object", text)
                instanceof Json.Obj(Map<String, Json> members)) {
            members.forEach((name, value) -> texts.put(name, ((Json.Text) value).value()));
        }
        return texts;
    }
}
