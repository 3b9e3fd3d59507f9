package io.meterport.application.spi;

import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps portal tokens; of their secrets only hashes. */
public interface PortalTokenStore {
    /** The most live tokens of one subject. */
    int MOST_LIVE_TOKENS = 10_000;

    /**
     * Keeps a new token, created at the number of the last revocation; durable when it returns,
     * and audited.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code too-many-tokens} (conflict) if
     *     the subject already has {@value #MOST_LIVE_TOKENS} that have not expired
     */
    PortalToken create(NewPortalToken token);

    /** All that is known about the token of that id, in one reading. */
    Optional<Verdict> verdict(TokenId id);

    /**
     * Tokens of the namespace, newest first, expired and revoked ones too.
     *
     * @param subject only those of this subject
     * @param after only those made before this one
     */
    List<ListedToken> list(
            Namespace namespace, Optional<SubjectKey> subject, Optional<TokenId> after, int limit);

    /**
     * Deletes all tokens of that subject, which must have been revoked before; audited, as the
     * erasure of the subject, even if there are none.
     *
     * @param actor the public id of the key that asked for it
     * @return how many there were
     */
    int erase(Namespace namespace, SubjectKey subject, String actor, Instant at);

    /** Remembers when tokens were last used; an earlier time than is known changes nothing. */
    void used(Map<TokenId, Instant> byId);
}
