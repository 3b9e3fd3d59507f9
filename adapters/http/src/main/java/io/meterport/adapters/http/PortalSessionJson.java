package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.portal.PortalSession;
import io.meterport.application.portal.PortalSession.VisibleMeter;
import io.meterport.domain.meter.Dimension;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeteredNumber;
import io.meterport.domain.portal.Billing;
import io.meterport.domain.portal.Hints;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Restrictions;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the JSON of what a token's holder may know about it. */
final class PortalSessionJson {
    private PortalSessionJson() {}

    static void write(PortalSession session, JsonWriter json) {
        PortalToken token = session.token();
        json.beginObject();
        json.name("subject").beginObject();
        json.name("key").value(token.subject().value());
        session.displayName().ifPresent(name -> json.name("displayName").value(name));
        json.endObject();
        json.name("tokenId").value(token.id().value());
        json.name("expiresAt").value(Rfc3339.utc(token.expiresAt()));
        json.name("serverTime").value(Rfc3339.utc(session.now()));
        json.name("allowedMeterSlugs").beginArray();
        session.meters().forEach(one -> json.value(one.meter().slug().value()));
        json.endArray();
        json.name("meters").beginArray();
        session.meters().forEach(one -> write(one, json));
        json.endArray();
        hints(session, json);
        restrictions(token.restrictions(), json);
        json.endObject();
    }

    static void write(VisibleMeter visible, JsonWriter json) {
        Meter meter = visible.meter();
        json.beginObject();
        json.name("slug").value(meter.slug().value());
        json.name("name").value(meter.name());
        meter.description().ifPresent(text -> json.name("description").value(text));
        meter.unit().ifPresent(unit -> json.name("unit").value(unit));
        json.name("aggregation").value(MeterJson.aggregation(meter.aggregation()));
        visible.dataFrom().ifPresent(from -> json.name("dataFrom").value(Rfc3339.utc(from)));
        json.name("groupBy").beginArray();
        for (Dimension dimension : visible.dimensions()) {
            json.beginObject();
            json.name("key").value(dimension.key().value());
            json.name("label")
                    .value(meter.label(dimension.key()).orElse(dimension.key().value()));
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void hints(PortalSession session, JsonWriter json) {
        Hints hints = session.token().hints();
        ZoneId zone = hints.timeZone().orElse(ZoneOffset.UTC);
        hints.timeZone().ifPresent(known -> json.name("timeZone").value(Zones.name(known)));
        hints.locale().ifPresent(locale -> json.name("locale").value(locale));
        hints.billing().ifPresent(billing -> billing(billing, session.now(), zone, json));
        Map<MeterId, String> slugs = new LinkedHashMap<>();
        session.meters()
                .forEach(one -> slugs.put(one.meter().id(), one.meter().slug().value()));
        if (hints.allowances().keySet().stream().anyMatch(slugs::containsKey)) {
            json.name("allowances").beginObject();
            slugs.forEach((id, slug) -> {
                if (hints.allowances().containsKey(id)) {
                    json.name(slug).beginObject();
                    json.name("value").value(hints.allowances().get(id));
                    json.name("exact")
                            .value(MeteredNumber.plain(hints.allowances().get(id)));
                    json.endObject();
                }
            });
            json.endObject();
        }
    }

    private static void billing(Billing billing, Instant now, ZoneId zone, JsonWriter json) {
        json.name("billing").beginObject();
        json.name("anchor").value(billing.anchor().toString());
        json.name("interval").value(billing.interval().text());
        period("current", billing.current(now, zone), zone, json);
        period("previous", billing.previous(now, zone), zone, json);
        json.endObject();
    }

    private static void period(String name, Window period, ZoneId zone, JsonWriter json) {
        json.name(name).beginObject();
        json.name("from").value(Rfc3339.text(period.start(), zone));
        json.name("to").value(Rfc3339.text(period.end(), zone));
        json.endObject();
    }

    private static void restrictions(Restrictions restrictions, JsonWriter json) {
        restrictions
                .longestRange()
                .ifPresent(range -> json.name("longestRange").value(Restrictions.text(range)));
        restrictions
                .smallestWindow()
                .ifPresent(size -> json.name("smallestWindow").value(size.name()));
        json.name("events").value(restrictions.events());
    }
}
