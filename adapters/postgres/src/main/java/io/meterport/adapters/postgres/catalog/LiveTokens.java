package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.application.spi.NewPortalToken;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Keeps the number of live tokens of a subject below its limit, whatever node makes them. Counting ten
 * thousand rows for each new token would be slow, so what is kept of a subject is a number that it
 * surely does not exceed: tokens only become fewer by themselves.
 */
final class LiveTokens {
    static final String COUNT = """
            select count(*) from (
                select 1 from portal_token
                where namespace = :namespace
                    and subject_hash = sha256(convert_to(:subject, 'UTF8')) and expires_at > :now
                limit :most) as live""";

    /** Whoever makes another token for the subject waits here until this transaction has ended. */
    private static final String ONE_MORE = """
            update token_holder set at_most = at_most + 1
            where namespace = :namespace and subject_hash = sha256(convert_to(:subject, 'UTF8'))
            returning at_most""";

    private static final String FIRST = """
            insert into token_holder (namespace, subject_hash, at_most)
            values (:namespace, sha256(convert_to(:subject, 'UTF8')), :at_most)
            on conflict (namespace, subject_hash)
            do update set at_most = token_holder.at_most + 1""";

    private static final String COUNTED = """
            update token_holder set at_most = :at_most
            where namespace = :namespace and subject_hash = sha256(convert_to(:subject, 'UTF8'))""";

    private LiveTokens() {}

    /** Makes room for one more, or refuses it. */
    static void add(Handle handle, NewPortalToken token) {
        Optional<Integer> atMost =
                of(token, handle.createQuery(ONE_MORE)).mapTo(Integer.class).findOne();
        if (atMost.isEmpty()) {
            put(handle, FIRST, token, count(handle, token) + 1);
        } else if (atMost.get() > PortalTokenStore.MOST_LIVE_TOKENS) {
            put(handle, COUNTED, token, count(handle, token) + 1);
        }
    }

    /** How many there are, if there is room for another. */
    private static int count(Handle handle, NewPortalToken token) {
        int live = of(token, handle.createQuery(COUNT))
                .bind("now", Micros.of(token.createdAt()))
                .bind("most", PortalTokenStore.MOST_LIVE_TOKENS)
                .mapTo(int.class)
                .one();
        if (live >= PortalTokenStore.MOST_LIVE_TOKENS) {
            throw new ProblemException(new Problem.Conflict(
                    "too-many-tokens",
                    "The subject already has " + PortalTokenStore.MOST_LIVE_TOKENS
                            + " live tokens; invalidate some or let them expire."));
        }
        return live;
    }

    private static void put(Handle handle, String statement, NewPortalToken token, int atMost) {
        of(token, handle.createUpdate(statement)).bind("at_most", atMost).execute();
    }

    private static <S extends SqlStatement<S>> S of(NewPortalToken token, S statement) {
        return statement
                .bind("namespace", token.namespace().name())
                .bind("subject", token.subject().value());
    }
}
