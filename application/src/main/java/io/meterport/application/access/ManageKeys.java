package io.meterport.application.access;

import io.meterport.application.spi.ApiKeyStore;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes, lists and revokes API keys, and with a key the portal tokens it made. Thread-safe. */
public final class ManageKeys {
    /** The longest name, in code points. */
    public static final int MOST_NAME = 256;

    private final ApiKeyStore keys;
    private final NewSecrets secrets;
    private final InstantSource time;
    private final TokensOfKeys tokens;

    public ManageKeys(
            ApiKeyStore keys, NewSecrets secrets, InstantSource time, TokensOfKeys tokens) {
        this.keys = keys;
        this.secrets = secrets;
        this.time = time;
        this.tokens = tokens;
    }

    /**
     * Makes a key; it is kept durably when this returns. Or {@code invalid-body}.
     *
     * @param actor the public id of who asks for it
     */
    public IssuedKey issue(
            String actor,
            Namespace namespace,
            String name,
            Set<Scope> scopes,
            Optional<Instant> expiresAt) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        Require.that(!scopes.isEmpty(), "invalid-body", "scopes must not be empty");
        Require.that(
                expiresAt.map(now::isBefore).orElse(true),
                "invalid-body",
                "expiresAt must lie in the future");
        if (!name.isEmpty()) {
            Require.plainText(name, MOST_NAME, "invalid-body", "name");
        }
        TokenSecret secret = secrets.make(TokenSecret.Kind.API_KEY);
        ApiKey key = new ApiKey(
                secret.id(),
                namespace,
                name,
                scopes,
                secret.hash(namespace),
                now,
                expiresAt.map(at -> at.truncatedTo(ChronoUnit.MICROS)),
                Optional.empty());
        keys.create(key, actor);
        return new IssuedKey(key, secret);
    }

    /** The keys of the namespace, newest first, revoked ones too. */
    public List<ApiKey> all(Namespace namespace) {
        return keys.all(namespace);
    }

    /**
     * Revokes a key of the caller's namespace, for the very next request; or {@code unknown-key}.
     * The key ends first, so that it makes no token that outlives the others; whoever gets no answer
     * asks again.
     *
     * @param withTokens whether the tokens that it made end too; asking again for a key that is
     *     revoked ends those that were spared
     */
    public void revoke(ApiKey by, String id, boolean withTokens) {
        ApiKey key = Optional.of(id)
                .filter(Require::isUlid)
                .flatMap(keys::find)
                .filter(found -> found.namespace().equals(by.namespace()))
                .orElseThrow(() -> new ProblemException(
                        new Problem.NotFound("unknown-key", "There is no such API key.")));
        keys.revoke(key.id(), by.id(), time.instant().truncatedTo(ChronoUnit.MICROS));
        if (withTokens) {
            tokens.end(by, key.id());
        }
    }
}
