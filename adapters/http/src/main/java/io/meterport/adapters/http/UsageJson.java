package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.meter.UsageAnswer;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.usage.UsageRow;
import java.time.ZoneId;
import java.util.List;

/** Builds the JSON of a usage answer, row by row and without a tree. */
final class UsageJson {
    private UsageJson() {}

    static byte[] of(UsageParams params, UsageAnswer answer) {
        JsonWriter json = JsonWriter.webSafe().beginObject();
        params.from().ifPresent(from -> json.name("from").value(Rfc3339.text(from)));
        params.to().ifPresent(to -> json.name("to").value(Rfc3339.text(to)));
        params.windowSize().ifPresent(size -> json.name("windowSize").value(size.name()));
        json.name("data").beginArray();
        List<String> keys =
                answer.query().groupBy().stream().map(DimensionKey::value).toList();
        for (UsageRow row : answer.rows()) {
            write(row, keys, params.zone(), json);
        }
        return json.endArray().endObject().newLine().toBytes();
    }

    private static void write(UsageRow row, List<String> keys, ZoneId zone, JsonWriter json) {
        json.beginObject();
        json.name("value").value(row.value());
        json.name("windowStart").value(Rfc3339.text(row.window().start(), zone));
        json.name("windowEnd").value(Rfc3339.text(row.window().end(), zone));
        json.name("subject");
        if (row.subject().isPresent()) {
            json.value(row.subject().get().value());
        } else {
            json.nothing();
        }
        json.name("groupBy").beginObject();
        for (int i = 0; i < keys.size(); i++) {
            json.name(keys.get(i)).value(row.group().get(i));
        }
        json.endObject().endObject();
    }
}
