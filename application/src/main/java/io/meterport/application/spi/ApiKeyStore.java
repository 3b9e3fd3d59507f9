package io.meterport.application.spi;

import io.meterport.application.access.ApiKey;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps API keys; of their secrets only hashes. */
public interface ApiKeyStore {
    /** Keeps a new key; durable when it returns. */
    void create(ApiKey key);

    /** The key of that id, revoked or not. */
    Optional<ApiKey> find(String id);

    /** The keys of the namespace, newest first, revoked ones too. */
    List<ApiKey> all(Namespace namespace);

    /** Revokes the key if it is not yet revoked; durable when it returns. */
    void revoke(String id, Instant at);
}
