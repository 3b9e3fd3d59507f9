package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.portal.IssuedToken;
import io.meterport.application.spi.ListedToken;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.PortalToken;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Builds the JSON of portal tokens. */
final class PortalTokenJson {
    private final Function<MeterId, Optional<Meter>> meters;

    /**
     * @param meters finds a meter, live or deleted
     */
    PortalTokenJson(Function<MeterId, Optional<Meter>> meters) {
        this.meters = meters;
    }

    /** A token just made: the only answer that ever has its secret. */
    void write(IssuedToken issued, JsonWriter json) {
        PortalToken token = issued.token();
        json.beginObject();
        begin(token, json);
        json.name("token").value(issued.secret().text());
        writeMeters(token.scope(), json);
        new TokenTermsJson(meters, json).write(token);
        json.endObject();
    }

    /** A token as lists show it at that time. */
    void write(ListedToken listed, Instant now, JsonWriter json) {
        PortalToken token = listed.token();
        json.beginObject();
        begin(token, json);
        json.name("expired").value(token.hasExpired(now));
        listed.revokedAt().ifPresent(at -> json.name("revokedAt").value(Rfc3339.utc(at)));
        listed.lastUsedAt().ifPresent(at -> json.name("lastUsedAt").value(Rfc3339.utc(at)));
        writeMeters(token.scope(), json);
        new TokenTermsJson(meters, json).write(token);
        json.endObject();
    }

    private static void begin(PortalToken token, JsonWriter json) {
        json.name("id").value(token.id().value());
        json.name("subject").value(token.subject().value());
        json.name("createdAt").value(Rfc3339.utc(token.createdAt()));
        json.name("expiresAt").value(Rfc3339.utc(token.expiresAt()));
    }

    private static void writeMeters(MeterScope scope, JsonWriter json) {
        json.name("allowedMeterSlugs").beginArray();
        switch (scope) {
            case MeterScope.Every _ -> {}
            case MeterScope.Only only -> {
                for (MeterSlug slug : only.meters().values()) {
                    json.value(slug.value());
                }
            }
        }
        json.endArray();
    }
}
