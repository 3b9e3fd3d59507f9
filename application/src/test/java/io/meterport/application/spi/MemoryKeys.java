package io.meterport.application.spi;

import io.meterport.application.access.ApiKey;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** API keys in a map. */
final class MemoryKeys implements ApiKeyStore {
    private final Map<String, ApiKey> keys = new LinkedHashMap<>();
    private final MemoryAudit audit;

    MemoryKeys(MemoryAudit audit) {
        this.audit = audit;
    }

    @Override
    public synchronized void create(ApiKey key, String actor) {
        keys.put(key.id(), key);
        audit.add(
                Optional.of(key.namespace()),
                key.createdAt(),
                actor,
                AuditAction.KEY_CREATE,
                key.id());
    }

    @Override
    public synchronized Optional<ApiKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public synchronized List<ApiKey> all(Namespace namespace) {
        return keys.values().stream()
                .filter(key -> key.namespace().equals(namespace))
                .sorted(Comparator.comparing(ApiKey::createdAt).reversed())
                .toList();
    }

    @Override
    public synchronized void revoke(String id, String actor, Instant at) {
        ApiKey key = keys.get(id);
        if (key != null && key.revokedAt().isEmpty()) {
            keys.put(id, with(key, Optional.of(at), key.lastUsedAt()));
            audit.add(Optional.of(key.namespace()), at, actor, AuditAction.KEY_REVOKE, id);
        }
    }

    @Override
    public synchronized void used(Map<String, Instant> byId) {
        byId.forEach((id, at) -> keys.computeIfPresent(
                id,
                (same, key) -> with(
                        key,
                        key.revokedAt(),
                        key.lastUsedAt().filter(at::isBefore).or(() -> Optional.of(at)))));
    }

    private static ApiKey with(
            ApiKey key, Optional<Instant> revokedAt, Optional<Instant> lastUsedAt) {
        return new ApiKey(
                key.id(),
                key.namespace(),
                key.name(),
                key.scopes(),
                key.hash(),
                key.createdAt(),
                key.expiresAt(),
                revokedAt,
                lastUsedAt);
    }
}
