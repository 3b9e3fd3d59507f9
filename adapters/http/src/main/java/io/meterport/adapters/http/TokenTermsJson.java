package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.portal.Hints;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Restrictions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Writes a token's restrictions and hints, as they would be asked for; only those it has. */
final class TokenTermsJson {
    private final Function<MeterId, Optional<Meter>> meters;
    private final JsonWriter json;

    /**
     * @param meters finds a meter, live or deleted; restrictions name meters by their slugs
     */
    TokenTermsJson(Function<MeterId, Optional<Meter>> meters, JsonWriter json) {
        this.meters = meters;
        this.json = json;
    }

    void write(PortalToken token) {
        Restrictions restrictions = token.restrictions();
        bySlug("filters", restrictions.filters(), this::filters);
        bySlug("hiddenDimensions", restrictions.hidden(), this::keys);
        restrictions.longestRange().ifPresent(it -> text("longestRange", Restrictions.text(it)));
        restrictions.smallestWindow().ifPresent(it -> text("smallestWindow", it.name()));
        if (!restrictions.origins().isEmpty()) {
            json.name("allowedOrigins").beginArray();
            restrictions.origins().forEach(json::value);
            json.endArray();
        }
        restrictions.perSecond().ifPresent(it -> json.name("requestsPerSecond").value(it));
        restrictions.session().ifPresent(it -> text("session", it));
        if (restrictions.events()) {
            json.name("events").value(true);
        }
        hints(token.hints());
    }

    private void hints(Hints hints) {
        hints.timeZone().ifPresent(it -> text("timeZone", Zones.name(it)));
        hints.locale().ifPresent(it -> text("locale", it));
        hints.billing().ifPresent(it -> {
            json.name("billing").beginObject();
            text("anchor", it.anchor().toString());
            text("interval", it.interval().text());
            json.endObject();
        });
        bySlug("allowances", hints.allowances(), (number, to) -> to.value(number));
    }

    private void filters(Map<DimensionKey, Set<String>> filters, JsonWriter to) {
        to.beginObject();
        filters.forEach((key, values) -> {
            to.name(key.value()).beginArray();
            values.forEach(to::value);
            to.endArray();
        });
        to.endObject();
    }

    private void keys(Set<DimensionKey> keys, JsonWriter to) {
        to.beginArray();
        keys.forEach(key -> to.value(key.value()));
        to.endArray();
    }

    private <T> void bySlug(String name, Map<MeterId, T> byId, BiConsumer<T, JsonWriter> writing) {
        if (byId.isEmpty()) {
            return;
        }
        json.name(name).beginObject();
        byId.forEach((id, value) -> {
            json.name(meters.apply(id).map(meter -> meter.slug().value()).orElse(id.value()));
            writing.accept(value, json);
        });
        json.endObject();
    }

    private void text(String name, String value) {
        json.name(name).value(value);
    }
}
