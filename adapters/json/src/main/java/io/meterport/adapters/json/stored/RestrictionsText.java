package io.meterport.adapters.json.stored;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.portal.Restrictions;
import io.meterport.domain.usage.WindowSize;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A token's restrictions as text; absent where there are none. */
public final class RestrictionsText {
    private RestrictionsText() {}

    /** The text; absent where there are none. */
    public static Optional<String> of(Restrictions restrictions) {
        if (restrictions.equals(Restrictions.NONE)) {
            return Optional.empty();
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("filters", filters(restrictions.filters()));
        members.put("hidden", hidden(restrictions.hidden()));
        restrictions
                .longestRange()
                .ifPresent(range -> members.put("longestRange", new Json.Text(range.toString())));
        restrictions
                .smallestWindow()
                .ifPresent(size -> members.put("smallestWindow", new Json.Text(size.name())));
        members.put("origins", StoredJson.texts(restrictions.origins()));
        restrictions.perSecond().ifPresent(rate -> members.put("perSecond", Json.Num.of(rate)));
        restrictions.session().ifPresent(label -> members.put("session", new Json.Text(label)));
        members.put("events", new Json.Bool(restrictions.events()));
        return Optional.of(JsonPrinter.text(new Json.Obj(members)));
    }

    /** What the text says. */
    public static Restrictions read(Optional<String> text) {
        if (text.isEmpty()) {
            return Restrictions.NONE;
        }
        Json.Obj stored = StoredJson.read(text.get());
        return new Restrictions(
                readFilters(StoredJson.object(stored, "filters")),
                readHidden(StoredJson.object(stored, "hidden")),
                StoredJson.text(stored, "longestRange").map(Duration::parse),
                StoredJson.text(stored, "smallestWindow").map(WindowSize::valueOf),
                StoredJson.texts(stored, "origins"),
                stored.get("perSecond").map(rate -> ((Json.Num) rate).value().intValueExact()),
                StoredJson.text(stored, "session"),
                stored.get("events").equals(Optional.of(new Json.Bool(true))));
    }

    private static Json filters(Map<MeterId, Map<DimensionKey, Set<String>>> filters) {
        Map<String, Json> byMeter = new LinkedHashMap<>();
        filters.forEach((meter, ofMeter) -> {
            Map<String, Json> values = new LinkedHashMap<>();
            ofMeter.forEach((key, these) -> values.put(key.value(), StoredJson.texts(these)));
            byMeter.put(meter.value(), new Json.Obj(values));
        });
        return new Json.Obj(byMeter);
    }

    private static Map<MeterId, Map<DimensionKey, Set<String>>> readFilters(Json.Obj stored) {
        Map<MeterId, Map<DimensionKey, Set<String>>> filters = new LinkedHashMap<>();
        for (String meter : stored.members().keySet()) {
            Json.Obj ofMeter = StoredJson.object(stored, meter);
            Map<DimensionKey, Set<String>> values = new LinkedHashMap<>();
            for (String key : ofMeter.members().keySet()) {
                values.put(new DimensionKey(key), StoredJson.texts(ofMeter, key));
            }
            filters.put(new MeterId(meter), values);
        }
        return filters;
    }

    private static Json hidden(Map<MeterId, Set<DimensionKey>> hidden) {
        Map<String, Json> byMeter = new LinkedHashMap<>();
        hidden.forEach((meter, keys) -> byMeter.put(
                meter.value(),
                StoredJson.texts(keys.stream().map(DimensionKey::value).toList())));
        return new Json.Obj(byMeter);
    }

    private static Map<MeterId, Set<DimensionKey>> readHidden(Json.Obj stored) {
        Map<MeterId, Set<DimensionKey>> hidden = new LinkedHashMap<>();
        for (String meter : stored.members().keySet()) {
            Set<DimensionKey> keys = new LinkedHashSet<>();
            StoredJson.texts(stored, meter).forEach(key -> keys.add(new DimensionKey(key)));
            hidden.put(new MeterId(meter), keys);
        }
        return hidden;
    }
}
