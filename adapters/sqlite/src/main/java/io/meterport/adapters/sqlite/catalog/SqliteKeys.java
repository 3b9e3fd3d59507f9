package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.application.spi.ApiKeyStore;
import io.meterport.domain.subject.Namespace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** API keys in SQLite. */
public final class SqliteKeys implements ApiKeyStore {
    private static final String ALL = """
            select id, namespace, name, scopes, hash, created_at, expires_at, revoked_at
            from api_key where\s""";

    private final Readers readers;
    private final Writer writer;

    public SqliteKeys(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public void create(ApiKey key) {
        String insert = """
                insert into api_key (id, namespace, name, scopes, hash, created_at, expires_at,
                    revoked_at)
                values (:id, :namespace, :name, :scopes, :hash, :created_at, :expires_at,
                    :revoked_at)""";
        writer.urgently(session -> session.handle()
                .createUpdate(insert)
                .bind("id", key.id())
                .bind("namespace", key.namespace().name())
                .bind("name", key.name())
                .bind(
                        "scopes",
                        key.scopes().stream().map(Scope::text).collect(Collectors.joining(" ")))
                .bind("hash", key.hash())
                .bind("created_at", Micros.of(key.createdAt()))
                .bind("expires_at", key.expiresAt().map(Micros::of).orElse(null))
                .bind("revoked_at", key.revokedAt().map(Micros::of).orElse(null))
                .execute());
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return readers.read(session -> session.handle()
                .createQuery(ALL + "id = :id")
                .bind("id", id)
                .map((row, context) -> key(row))
                .findOne());
    }

    @Override
    public List<ApiKey> all(Namespace namespace) {
        return readers.read(session -> session.handle()
                .createQuery(ALL + "namespace = :namespace order by position desc")
                .bind("namespace", namespace.name())
                .map((row, context) -> key(row))
                .list());
    }

    @Override
    public void revoke(String id, Instant at) {
        String revoke = "update api_key set revoked_at = :at where id = :id and revoked_at is null";
        writer.urgently(session -> session.handle()
                .createUpdate(revoke)
                .bind("at", Micros.of(at))
                .bind("id", id)
                .execute());
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                new Namespace(row.getString("namespace")),
                row.getString("name"),
                Arrays.stream(row.getString("scopes").split(" "))
                        .map(Scope::of)
                        .collect(Collectors.toSet()),
                row.getBytes("hash"),
                Micros.instant(row.getLong("created_at")),
                moment(row, "expires_at"),
                moment(row, "revoked_at"));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
    }
}
