package io.meterport.application.spi;

import io.meterport.domain.json.Json;
import io.meterport.domain.subject.SubjectId;
import io.meterport.domain.subject.SubjectKey;
import java.util.Objects;

/**
 * What is to be known about one subject.
 *
 * @param idIfNew its id, should no live subject have that key
 */
public record SubjectChange(
        SubjectId idIfNew,
        SubjectKey key,
        Patch<String> displayName,
        Patch<Json.Obj> metadata,
        Patch<String> stripeCustomerId) {
    public SubjectChange {
        Objects.requireNonNull(idIfNew, "idIfNew");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(stripeCustomerId, "stripeCustomerId");
    }
}
