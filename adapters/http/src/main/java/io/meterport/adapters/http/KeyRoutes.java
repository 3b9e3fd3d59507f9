package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Path;
import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.IssuedKey;
import io.meterport.application.access.ManageKeys;
import io.meterport.application.access.Scope;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** API keys, as the holders of admin keys manage them. */
final class KeyRoutes {
    private static final String CODE = "invalid-key";
    private static final String SCOPES = "scopes";
    private static final String ID = "id";
    private static final int CREATED = 201;

    private final ManageKeys manage;

    KeyRoutes(ManageKeys manage) {
        this.manage = manage;
    }

    List<Path> paths(Keys keys) {
        return List.of(
                Path.of("/api/v1/keys")
                        .get(keys.with(Scope.ADMIN, this::list))
                        .post(keys.with(Scope.ADMIN, this::create)),
                Path.of("/api/v1/keys/{" + ID + "}")
                        .with("DELETE", keys.with(Scope.ADMIN, this::delete)));
    }

    private Answer list(Exchange exchange, ApiKey key) {
        return Answers.array(manage.all(key.namespace()), KeyRoutes::write);
    }

    private Answer create(Exchange exchange, ApiKey key) {
        Members members = Members.ofBody(Bodies.json(exchange));
        Namespace namespace = members.parsed("namespace", Namespace::new).orElseGet(key::namespace);
        Optional<Instant> expiresAt = members.time("expiresAt").map(OffsetDateTime::toInstant);
        IssuedKey issued = manage.issue(
                key.id(), namespace, members.text("name").orElse(""), scopes(members), expiresAt);
        return Answers.one(issued, KeyRoutes::write).withStatus(CREATED);
    }

    /** The tokens that the key made end with it unless they are to be spared. */
    private Answer delete(Exchange exchange, ApiKey key) {
        String id = exchange.pathValue(ID).toUpperCase(Locale.ROOT);
        boolean withTokens = new Params(exchange.query()).flag("revokeTokens", true);
        manage.revoke(key, id, withTokens);
        return Answer.noContent();
    }

    private static Set<Scope> scopes(Members members) {
        List<String> names = members.texts(SCOPES)
                .orElseThrow(() -> Faults.at(CODE, "scopes is required.", members.place(SCOPES)));
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : names) {
            scopes.add(scope(name, members));
        }
        if (scopes.isEmpty()) {
            throw Faults.at(CODE, "scopes must not be empty.", members.place(SCOPES));
        }
        return scopes;
    }

    private static Scope scope(String name, Members members) {
        for (Scope scope : Scope.values()) {
            if (scope.text().equals(name)) {
                return scope;
            }
        }
        throw Faults.at(
                CODE,
                "scopes may hold ingest, query, meters, portal:create, portal:revoke and admin.",
                members.place(SCOPES));
    }

    private static void write(ApiKey key, JsonWriter json) {
        json.beginObject();
        writeMembers(key, json);
        json.endObject();
    }

    private static void write(IssuedKey issued, JsonWriter json) {
        json.beginObject();
        writeMembers(issued.key(), json);
        json.name("key").value(issued.secret().text());
        json.endObject();
    }

    private static void writeMembers(ApiKey key, JsonWriter json) {
        json.name(ID).value(key.id());
        json.name("name").value(key.name());
        json.name(SCOPES).beginArray();
        key.scopes().forEach(scope -> json.value(scope.text()));
        json.endArray();
        json.name("namespace").value(key.namespace().name());
        json.name("createdAt").value(Rfc3339.utc(key.createdAt()));
        key.expiresAt().ifPresent(at -> json.name("expiresAt").value(Rfc3339.utc(at)));
        key.revokedAt().ifPresent(at -> json.name("revokedAt").value(Rfc3339.utc(at)));
        key.lastUsedAt().ifPresent(at -> json.name("lastUsedAt").value(Rfc3339.utc(at)));
    }
}
