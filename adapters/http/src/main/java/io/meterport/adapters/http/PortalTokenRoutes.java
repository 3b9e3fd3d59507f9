package io.meterport.adapters.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Path;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.AuthorizeKey;
import io.meterport.application.access.Scope;
import io.meterport.application.portal.IssuedToken;
import io.meterport.application.portal.ListPortalTokens;
import io.meterport.application.spi.ListedToken;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Portal tokens, as backends make, list and revoke them. No page of a browser may call these. */
final class PortalTokenRoutes {
    private static final HeaderName SEQUENCE = HeaderNames.create("Revocation-Seq");
    private static final HeaderName NEXT_CURSOR = HeaderNames.create("Next-Cursor");
    private static final int PER_PAGE = 25;

    private final UseCases.Tokens tokens;
    private final AuthorizeKey authorize;

    PortalTokenRoutes(UseCases.Tokens tokens, AuthorizeKey authorize) {
        this.tokens = tokens;
        this.authorize = authorize;
    }

    List<Path> paths(Keys keys) {
        return List.of(
                Path.of("/api/v1/portal/tokens")
                        .get(keys.with(Scope.PORTAL_REVOKE, this::list))
                        .post(keys.with(Scope.PORTAL_CREATE, this::create)),
                Path.of("/api/v1/portal/tokens/invalidate")
                        .post(keys.with(Scope.PORTAL_REVOKE, this::invalidate)));
    }

    private Answer create(Exchange exchange, ApiKey key) {
        IssuedToken issued =
                tokens.issue().issue(key, PortalTokenParams.request(Bodies.json(exchange)));
        return Answers.one(issued, json(key)::write);
    }

    private Answer list(Exchange exchange, ApiKey key) {
        Params params = new Params(exchange.query());
        int limit = params.number("limit", 1, ListPortalTokens.MOST_TOKENS, PER_PAGE);
        Optional<SubjectKey> subject = params.single("subject").map(SubjectKey::new);
        Optional<TokenId> after = params.single("cursor").map(PortalTokenRoutes::cursor);
        // One more than asked for tells whether there is another page.
        List<ListedToken> found = tokens.list().page(key.namespace(), subject, after, limit + 1);
        List<ListedToken> page = found.subList(0, Math.min(limit, found.size()));
        Instant now = tokens.list().now();
        PortalTokenJson json = json(key);
        Answer answer = Answers.array(page, (listed, to) -> json.write(listed, now, to));
        return found.size() > limit
                ? answer.with(NEXT_CURSOR, page.getLast().token().id().value())
                : answer;
    }

    private PortalTokenJson json(ApiKey key) {
        return new PortalTokenJson(id -> tokens.list().meter(key.namespace(), id));
    }

    private Answer invalidate(Exchange exchange, ApiKey key) {
        Revocation revocation = PortalTokenParams.revocation(Bodies.json(exchange));
        if (revocation instanceof Revocation.OfNamespace
                || revocation instanceof Revocation.OfApiKey) {
            authorize.require(key, Scope.ADMIN);
        }
        long sequence = tokens.revoke().revoke(key, revocation);
        return Answer.noContent().with(SEQUENCE, Long.toString(sequence));
    }

    private static TokenId cursor(String text) {
        try {
            return new TokenId(text);
        } catch (ProblemException e) {
            throw Faults.of("invalid-cursor", "cursor is not one that this server gave out.");
        }
    }
}
