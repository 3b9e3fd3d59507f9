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

    @Override
    public synchronized void create(ApiKey key) {
        keys.put(key.id(), key);
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
    public synchronized void revoke(String id, Instant at) {
        keys.computeIfPresent(
                id, (same, key) -> key.revokedAt().isPresent() ? key : revoked(key, at));
    }

    private static ApiKey revoked(ApiKey key, Instant at) {
        return new ApiKey(
                key.id(),
                key.namespace(),
                key.name(),
                key.scopes(),
                key.hash(),
                key.createdAt(),
                key.expiresAt(),
                Optional.of(at));
    }
}
