package io.meterport.domain.subject;

import io.meterport.domain.json.Json;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operator registered about a subject. Events, queries and tokens need no registered
 * subject; it only adds a name and notes.
 *
 * @param deletedAt when it was deleted; its usage stays
 */
public record Subject(
        SubjectId id,
        Namespace namespace,
        SubjectKey key,
        Optional<String> displayName,
        Json.Obj metadata,
        Optional<String> stripeCustomerId,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> deletedAt) {
    public Subject {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(stripeCustomerId, "stripeCustomerId");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(deletedAt, "deletedAt");
    }
}
