package io.meterport.application.spi;

import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.portal.Watermarks;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Tokens in a map and revocations in a list, gone through from its beginning each time. */
final class MemoryTokens implements PortalTokenStore, RevocationLog {
    private record Kept(PortalToken token, byte[] hash) {}

    private record Written(long number, Namespace namespace, Revocation revocation, Instant at) {
        boolean covers(PortalToken token) {
            return token.createdSequence() < number && concerns(token);
        }

        boolean concerns(PortalToken token) {
            return revocation instanceof Revocation.Global
                    || (token.namespace().equals(namespace) && aimsAt(token));
        }

        private boolean aimsAt(PortalToken token) {
            return switch (revocation) {
                case Revocation.OfToken(TokenId id) -> id.equals(token.id());
                case Revocation.OfSubject(SubjectKey subject) -> subject.equals(token.subject());
                case Revocation.OfSession(SubjectKey subject, String session) ->
                    subject.equals(token.subject())
                            && token.restrictions()
                                    .session()
                                    .filter(session::equals)
                                    .isPresent();
                case Revocation.OfApiKey(String key) ->
                    token.issuedBy().filter(key::equals).isPresent();
                case Revocation.OfNamespace _ -> true;
                case Revocation.Global _ -> true;
            };
        }
    }

    private record Owner(Namespace namespace, SubjectKey subject) {}

    private final Map<Owner, List<PortalToken>> owned = new HashMap<>();
    private final Map<String, Kept> tokens = new TreeMap<>(Comparator.reverseOrder());
    private final List<Written> log = new ArrayList<>();
    private final Map<TokenId, Instant> uses = new HashMap<>();
    private final MemoryAudit audit;

    MemoryTokens(MemoryAudit audit) {
        this.audit = audit;
    }

    @Override
    public synchronized PortalToken create(NewPortalToken asked) {
        List<PortalToken> siblings = owned.computeIfAbsent(
                new Owner(asked.namespace(), asked.subject()), owner -> new ArrayList<>());
        long live = siblings.size() < MOST_LIVE_TOKENS
                ? siblings.size()
                : siblings.stream()
                        .filter(token -> !token.hasExpired(asked.createdAt()))
                        .count();
        if (live >= MOST_LIVE_TOKENS) {
            throw new ProblemException(new Problem.Conflict(
                    "too-many-tokens",
                    "The subject has " + MOST_LIVE_TOKENS + " live tokens already."));
        }
        PortalToken token = new PortalToken(
                asked.id(),
                asked.namespace(),
                asked.subject(),
                asked.scope(),
                head(),
                asked.createdAt(),
                asked.expiresAt(),
                asked.issuedBy(),
                asked.restrictions(),
                asked.hints());
        siblings.add(token);
        tokens.put(token.id().value(), new Kept(token, asked.hash().clone()));
        audit.add(
                Optional.of(token.namespace()),
                token.createdAt(),
                token.issuedBy().orElse(""),
                AuditAction.TOKEN_CREATE,
                token.id().value());
        return token;
    }

    @Override
    public synchronized Optional<Verdict> verdict(TokenId id) {
        return Optional.ofNullable(tokens.get(id.value()))
                .map(kept -> new Verdict(
                        kept.token(),
                        kept.hash(),
                        last(kept.token(), r -> r instanceof Revocation.OfToken)
                                > kept.token().createdSequence(),
                        watermarks(kept.token()),
                        head()));
    }

    @Override
    public synchronized List<ListedToken> list(
            Namespace namespace, Optional<SubjectKey> subject, Optional<TokenId> after, int limit) {
        return tokens.values().stream()
                .map(Kept::token)
                .filter(token -> token.namespace().equals(namespace))
                .filter(token -> subject.map(token.subject()::equals).orElse(true))
                .filter(token -> after.map(place -> token.id().value().compareTo(place.value()) < 0)
                        .orElse(true))
                .limit(limit)
                .map(token -> new ListedToken(
                        token, firstRevoked(token), Optional.ofNullable(uses.get(token.id()))))
                .toList();
    }

    @Override
    public synchronized long revoke(
            Namespace namespace,
            Revocation revocation,
            String actor,
            Instant at,
            Duration longestLife) {
        log.add(new Written(head() + 1, namespace, revocation, at));
        write(namespace, revocation, actor, at);
        return head();
    }

    @Override
    public synchronized long head() {
        return log.size();
    }

    @Override
    public synchronized int erase(
            Namespace namespace, SubjectKey subject, String actor, Instant at) {
        audit.add(Optional.of(namespace), at, actor, AuditAction.SUBJECT_ERASE, subject.value());
        List<PortalToken> gone =
                Optional.ofNullable(owned.remove(new Owner(namespace, subject))).orElse(List.of());
        gone.forEach(token -> tokens.remove(token.id().value()));
        return gone.size();
    }

    @Override
    public synchronized void used(Map<TokenId, Instant> byId) {
        byId.forEach((id, at) ->
                uses.merge(id, at, (known, used) -> known.isAfter(used) ? known : used));
    }

    private void write(Namespace namespace, Revocation revocation, String actor, Instant at) {
        Optional<Namespace> here = Optional.of(namespace);
        switch (revocation) {
            case Revocation.OfToken(TokenId id) ->
                audit.add(here, at, actor, AuditAction.TOKEN_REVOKE, id.value());
            case Revocation.OfSubject(SubjectKey subject) ->
                audit.add(here, at, actor, AuditAction.SUBJECT_REVOKE, subject.value());
            case Revocation.OfSession(SubjectKey subject, String session) ->
                audit.add(here, at, actor, AuditAction.SESSION_REVOKE, subject + " " + session);
            case Revocation.OfApiKey(String key) ->
                audit.add(here, at, actor, AuditAction.KEY_TOKENS_REVOKE, key);
            case Revocation.OfNamespace _ ->
                audit.add(here, at, actor, AuditAction.NAMESPACE_REVOKE, "");
            case Revocation.Global _ ->
                audit.add(Optional.empty(), at, actor, AuditAction.GLOBAL_REVOKE, "");
        }
    }

    private Watermarks watermarks(PortalToken token) {
        return new Watermarks(
                last(token, r -> r instanceof Revocation.Global),
                last(token, r -> r instanceof Revocation.OfNamespace),
                last(token, r -> r instanceof Revocation.OfApiKey),
                last(token, r -> r instanceof Revocation.OfSubject),
                last(token, r -> r instanceof Revocation.OfSession));
    }

    private long last(PortalToken token, Predicate<Revocation> kind) {
        return log.stream()
                .filter(written -> kind.test(written.revocation()) && written.concerns(token))
                .mapToLong(Written::number)
                .max()
                .orElse(0);
    }

    private Optional<Instant> firstRevoked(PortalToken token) {
        return log.stream()
                .filter(written -> written.covers(token))
                .map(Written::at)
                .findFirst();
    }
}
