package io.meterport.adapters.http;

import io.helidon.http.HeaderNames;
import io.helidon.security.Security;
import io.helidon.security.SecurityContext;
import io.helidon.security.SecurityEnvironment;
import io.helidon.security.Subject;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Handler;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.AuthorizeKey;
import io.meterport.application.access.Scope;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lets backends in by their API keys: Helidon's security authenticates them, and their scopes are
 * its roles. Thread-safe.
 */
final class Keys {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /** Whoever can reach the loopback of a server without authentication. */
    private static final ApiKey ANYBODY = new ApiKey(
            "anonymous",
            Namespace.DEFAULT,
            "",
            Set.of(Scope.ADMIN),
            new byte[0],
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty());

    /** Answers the holder of a key. */
    @FunctionalInterface
    interface KeyHandler {
        Answer answer(Exchange exchange, ApiKey key);
    }

    private final HttpSettings.Authentication authentication;
    private final Security security;

    Keys(AuthorizeKey keys, HttpSettings.Authentication authentication) {
        this.authentication = authentication;
        this.security = Security.builder()
                .addAuthenticationProvider(new ApiKeyProvider(keys), "api-key")
                .disableTracing()
                .build();
    }

    /** The handler, for keys of that scope only; decided before it looks at the request. */
    Handler with(Scope scope, KeyHandler handler) {
        return exchange -> {
            Subject subject = authenticated(exchange);
            ApiKey key = subject.privateCredential(ApiKey.class).orElseThrow();
            exchange.calledBy(key.id());
            require(subject, scope);
            return handler.answer(exchange, key);
        };
    }

    private Subject authenticated(Exchange exchange) {
        return switch (authentication) {
            case KEYS -> holder(exchange, BearerToken.of(exchange));
            case NONE -> ApiKeyProvider.subject(local(exchange));
        };
    }

    private Subject holder(Exchange exchange, String credential) {
        SecurityEnvironment environment = SecurityEnvironment.builder(security.serverTime())
                .method(exchange.method())
                .path(exchange.route())
                .addAttribute(ApiKeyProvider.CREDENTIAL, credential)
                .build();
        SecurityContext context =
                security.contextBuilder(exchange.requestId()).env(environment).build();
        return context.authenticate().user().orElseThrow();
    }

    private static void require(Subject subject, Scope scope) {
        if (!Security.getRoles(subject).contains(scope.text())) {
            throw new ProblemException(new Problem.Forbidden(
                    "insufficient-scope", "The API key needs the scope " + scope.text() + "."));
        }
    }

    /** A page of another site can be made to reach a loopback address, but not under this name. */
    private static ApiKey local(Exchange exchange) {
        List<String> hosts = exchange.headers(HeaderNames.HOST);
        if (hosts.size() == 1 && LOOPBACK.contains(name(hosts.getFirst()))) {
            return ANYBODY;
        }
        throw new ProblemException(new Problem.Forbidden(
                "host-not-allowed", "Without authentication only a loopback Host is served."));
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}
