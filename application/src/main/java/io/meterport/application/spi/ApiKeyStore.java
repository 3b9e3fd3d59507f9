package io.meterport.application.spi;

import io.meterport.application.access.ApiKey;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps API keys; of their secrets only hashes. */
public interface ApiKeyStore {
    /**
     * Keeps a new key; durable when it returns, and audited.
     *
     * @param actor the public id of who asked for it
     */
    void create(ApiKey key, String actor);

    /** The key of that id, revoked or not. */
    Optional<ApiKey> find(String id);

    /** The keys of the namespace, newest first, revoked ones too. */
    List<ApiKey> all(Namespace namespace);

    /**
     * Revokes the key if it is not yet revoked; durable when it returns, and audited if it did.
     *
     * @param actor the public id of who asked for it
     */
    void revoke(String id, String actor, Instant at);

    /** Remembers when keys were last used; an earlier time than is known changes nothing. */
    void used(Map<String, Instant> byId);
}
