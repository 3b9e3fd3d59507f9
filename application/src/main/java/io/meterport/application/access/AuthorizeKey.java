package io.meterport.application.access;

import io.meterport.application.spi.ApiKeyStore;
import io.meterport.domain.portal.TokenSecret;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Decides which API key a caller holds, and what it may do. Thread-safe. */
public final class AuthorizeKey {
    private final ApiKeyStore keys;
    private final InstantSource time;
    private final Optional<EnvironmentKey> environment;
    private final LastUse uses;

    /**
     * @param environment an admin key that is given to the process and stored nowhere
     */
    public AuthorizeKey(
            ApiKeyStore keys,
            InstantSource time,
            Optional<EnvironmentKey> environment,
            LastUse uses) {
        this.keys = keys;
        this.time = time;
        this.environment = environment;
        this.uses = uses;
    }

    /** The key of that text; all that does not hold is refused in the same way. */
    public ApiKey authenticate(String text) {
        return environment
                .filter(key -> key.matches(text))
                .map(EnvironmentKey::key)
                .or(() -> stored(text))
                .orElseThrow(() -> new ProblemException(new Problem.Unauthenticated(true)));
    }

    /** Refuses with {@code insufficient-scope} unless the key may be used for that. */
    public void require(ApiKey key, Scope scope) {
        if (!key.may(scope)) {
            throw new ProblemException(new Problem.Forbidden(
                    "insufficient-scope", "The API key needs the scope " + scope.text() + "."));
        }
    }

    private Optional<ApiKey> stored(String text) {
        Instant now = time.instant();
        Optional<ApiKey> found = TokenSecret.parse(TokenSecret.Kind.API_KEY, text)
                .flatMap(secret -> keys.find(secret.id())
                        .filter(key -> secret.matches(key.namespace(), key.hash())))
                .filter(key -> key.holds(now));
        found.ifPresent(key -> uses.ofKey(key.id(), now));
        return found;
    }
}
