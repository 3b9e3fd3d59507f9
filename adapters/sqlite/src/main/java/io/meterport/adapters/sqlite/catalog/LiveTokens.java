package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.application.spi.NewPortalToken;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the number of live tokens of a subject below its limit. Counting ten thousand rows for each
 * new token would be slow, so what is remembered of a subject is a number that it surely does not
 * exceed: tokens only become fewer by themselves. Only the writer's thread uses it.
 */
final class LiveTokens {
    private record Holder(Namespace namespace, SubjectKey subject) {}

    private static final int MOST_REMEMBERED = 10_000;

    static final String COUNT = """
            select count(*) from (
                select 1 from portal_token
                where namespace = :namespace and subject = :subject and expires_at > :now
                limit :most)""";

    private final Map<Holder, Integer> atMost = new HashMap<>();

    /** Makes room for one more, or refuses it. */
    void add(Handle handle, NewPortalToken token) {
        Holder holder = new Holder(token.namespace(), token.subject());
        int live = atMost.getOrDefault(holder, PortalTokenStore.MOST_LIVE_TOKENS);
        if (live >= PortalTokenStore.MOST_LIVE_TOKENS) {
            live = count(handle, token);
        }
        if (live >= PortalTokenStore.MOST_LIVE_TOKENS) {
            throw new ProblemException(new Problem.Conflict(
                    "too-many-tokens",
                    "The subject already has " + PortalTokenStore.MOST_LIVE_TOKENS
                            + " live tokens; invalidate some or let them expire."));
        }
        if (atMost.size() >= MOST_REMEMBERED) {
            atMost.clear();
        }
        atMost.put(holder, live + 1);
    }

    private static int count(Handle handle, NewPortalToken token) {
        return handle.createQuery(COUNT)
                .bind("namespace", token.namespace().name())
                .bind("subject", token.subject().value())
                .bind("now", Micros.of(token.createdAt()))
                .bind("most", PortalTokenStore.MOST_LIVE_TOKENS)
                .mapTo(int.class)
                .one();
    }
}
