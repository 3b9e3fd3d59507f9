package io.meterport.application.access;

import io.meterport.application.spi.ApiKeyStore;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.domain.portal.TokenId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when keys and tokens were last used, and has it kept once in a while: what happens many
 * thousand times a second is not worth a write each. Thread-safe.
 */
public final class LastUse {
    private static final int MOST = 100_000;

    private final ApiKeyStore keyStore;
    private final PortalTokenStore tokenStore;
    private final Map<String, Instant> keys = new ConcurrentHashMap<>();
    private final Map<TokenId, Instant> tokens = new ConcurrentHashMap<>();

    public LastUse(ApiKeyStore keyStore, PortalTokenStore tokenStore) {
        this.keyStore = keyStore;
        this.tokenStore = tokenStore;
    }

    /** The key was let in then. */
    public void ofKey(String id, Instant at) {
        note(keys, id, at);
    }

    /** The token was let in then. */
    public void ofToken(TokenId id, Instant at) {
        note(tokens, id, at);
    }

    /** Has it kept; to be called once a minute, and before the end. */
    public void keep() {
        Map<String, Instant> usedKeys = taken(keys);
        if (!usedKeys.isEmpty()) {
            keyStore.used(usedKeys);
        }
        Map<TokenId, Instant> usedTokens = taken(tokens);
        if (!usedTokens.isEmpty()) {
            tokenStore.used(usedTokens);
        }
    }

    /** Beyond so many at once the rest are not remembered: nobody's access depends on it. */
    private static <K> void note(Map<K, Instant> uses, K id, Instant at) {
        if (uses.size() < MOST || uses.containsKey(id)) {
            uses.put(id, at);
        }
    }

    private static <K> Map<K, Instant> taken(Map<K, Instant> uses) {
        Map<K, Instant> taken = new HashMap<>(uses);
        taken.forEach(uses::remove);
        return taken;
    }
}
