package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.domain.subject.Subject;

/** Builds the JSON of registered subjects. */
final class SubjectJson {
    private SubjectJson() {}

    static void write(Subject subject, JsonWriter json) {
        json.beginObject();
        json.name("id").value(subject.id().value());
        json.name("key").value(subject.key().value());
        subject.displayName().ifPresent(name -> json.name("displayName").value(name));
        json.name("metadata").value(subject.metadata());
        subject.stripeCustomerId().ifPresent(id -> json.name("stripeCustomerId").value(id));
        json.name("createdAt").value(Rfc3339.utc(subject.createdAt()));
        json.name("updatedAt").value(Rfc3339.utc(subject.updatedAt()));
        subject.deletedAt().ifPresent(at -> json.name("deletedAt").value(Rfc3339.utc(at)));
        json.endObject();
    }
}
