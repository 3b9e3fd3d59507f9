package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.application.spi.ApiKeyStore;
import io.meterport.application.spi.AuditAction;
import io.meterport.domain.subject.Namespace;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** API keys in SQLite. */
public final class SqliteKeys implements ApiKeyStore {
    private static final String ALL = """
            select id, namespace, name, scopes, hash, created_at, expires_at, revoked_at,
                last_used_at
            from api_key where\s""";

    /** Asked with every request of a backend, so not through JDBI. */
    private static final String FIND = ALL + "id = ?";

    private final Readers readers;
    private final Writer writer;

    public SqliteKeys(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public void create(ApiKey key, String actor) {
        String insert = """
                insert into api_key (id, namespace, name, scopes, hash, created_at, expires_at,
                    revoked_at)
                values (:id, :namespace, :name, :scopes, :hash, :created_at, :expires_at,
                    :revoked_at)""";
        writer.urgently(session -> {
            session.handle()
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
                    .execute();
            audit(session, key.createdAt(), actor, AuditAction.KEY_CREATE, key);
            return key;
        });
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return readers.read(session -> {
            PreparedStatement statement = session.prepare(FIND);
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(key(row)) : Optional.empty();
            }
        });
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
    public void revoke(String id, String actor, Instant at) {
        String revoke = """
                update api_key set revoked_at = :at where id = :id and revoked_at is null
                returning id, namespace, name, scopes, hash, created_at, expires_at, revoked_at,
                    last_used_at""";
        writer.urgently(session -> {
            Optional<ApiKey> revoked = session.handle()
                    .createQuery(revoke)
                    .bind("at", Micros.of(at))
                    .bind("id", id)
                    .map((row, context) -> key(row))
                    .findOne();
            if (revoked.isPresent()) {
                audit(session, at, actor, AuditAction.KEY_REVOKE, revoked.get());
            }
            return revoked;
        });
    }

    @Override
    public void used(Map<String, Instant> byId) {
        Uses.put(
                writer,
                "update api_key set last_used_at = max(coalesce(last_used_at, 0), :at)"
                        + " where id = :id",
                byId);
    }

    private static void audit(
            Session session, Instant at, String actor, AuditAction action, ApiKey key) {
        SqliteAudit.add(session.handle(), key.namespace().name(), at, actor, action, key.id());
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
                moment(row, "revoked_at"),
                moment(row, "last_used_at"));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
    }
}
