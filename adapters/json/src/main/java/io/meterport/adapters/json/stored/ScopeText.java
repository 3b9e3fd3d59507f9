package io.meterport.adapters.json.stored;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.subject.SubjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A token's meters as an object of ids and slugs; absent where every meter may be read. */
public final class ScopeText {
    private ScopeText() {}

    /** The text; absent for every meter. */
    public static Optional<String> of(MeterScope scope) {
        return switch (scope) {
            case MeterScope.Every _ -> Optional.empty();
            case MeterScope.Only(Map<MeterId, MeterSlug> meters) -> {
                Map<String, Json> members = new LinkedHashMap<>();
                meters.forEach((id, slug) -> members.put(id.value(), new Json.Text(slug.value())));
                yield Optional.of(JsonPrinter.text(new Json.Obj(members)));
            }
        };
    }

    /** What the text says. */
    public static MeterScope read(Optional<String> text) {
        if (text.isEmpty()) {
            return new MeterScope.Every();
        }
        Map<MeterId, MeterSlug> meters = new LinkedHashMap<>();
        StoredJson.read(text.get())
                .members()
                .forEach((id, slug) ->
                        meters.put(new MeterId(id), new MeterSlug(((Json.Text) slug).value())));
        return new MeterScope.Only(meters);
    }

    /** What all tokens of one login of a subject have in common. */
    public static String session(SubjectKey subject, String label) {
        return JsonPrinter.text(StoredJson.texts(List.of(subject.value(), label)));
    }
}
