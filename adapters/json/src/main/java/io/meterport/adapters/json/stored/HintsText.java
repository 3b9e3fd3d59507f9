package io.meterport.adapters.json.stored;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.domain.json.Json;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.portal.Billing;
import io.meterport.domain.portal.Hints;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A token's hints as text; absent where there are none. */
public final class HintsText {
    private HintsText() {}

    /** The text; absent where there are none. */
    public static Optional<String> of(Hints hints) {
        if (hints.equals(Hints.NONE)) {
            return Optional.empty();
        }
        Map<String, Json> members = new LinkedHashMap<>();
        hints.timeZone().ifPresent(zone -> members.put("timeZone", new Json.Text(zone.getId())));
        hints.locale().ifPresent(locale -> members.put("locale", new Json.Text(locale)));
        hints.billing().ifPresent(billing -> {
            members.put("anchor", new Json.Text(billing.anchor().toString()));
            members.put("interval", new Json.Text(billing.interval().text()));
        });
        Map<String, Json> allowances = new LinkedHashMap<>();
        hints.allowances()
                .forEach((meter, allowance) ->
                        allowances.put(meter.value(), new Json.Text(allowance.toPlainString())));
        members.put("allowances", new Json.Obj(allowances));
        return Optional.of(JsonPrinter.text(new Json.Obj(members)));
    }

    /** What the text says. */
    public static Hints read(Optional<String> text) {
        if (text.isEmpty()) {
            return Hints.NONE;
        }
        Json.Obj stored = StoredJson.read(text.get());
        Json.Obj allowed = StoredJson.object(stored, "allowances");
        Map<MeterId, BigDecimal> allowances = new LinkedHashMap<>();
        for (String meter : allowed.members().keySet()) {
            allowances.put(
                    new MeterId(meter),
                    new BigDecimal(StoredJson.text(allowed, meter).orElseThrow()));
        }
        return new Hints(
                StoredJson.text(stored, "timeZone").map(ZoneId::of),
                StoredJson.text(stored, "locale"),
                StoredJson.text(stored, "anchor")
                        .map(anchor -> new Billing(
                                LocalDate.parse(anchor),
                                Billing.Interval.of(
                                        StoredJson.text(stored, "interval").orElseThrow()))),
                allowances);
    }
}
