package io.meterport.bootstrap.metrics;

import io.meterport.application.spi.ListedToken;
import io.meterport.application.spi.NewPortalToken;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.portal.TokenId;
import io.meterport.domain.portal.Verdict;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the portal tokens that are made, and how often the store is asked about one. */
public final class MeasuredTokens implements PortalTokenStore {
    private final PortalTokenStore tokens;
    private final Counter issued;
    private final Counter verdicts;

    public MeasuredTokens(PortalTokenStore tokens, Metrics metrics) {
        this.tokens = tokens;
        this.issued = metrics.counter("meterport.tokens.issued", "Portal tokens made.");
        this.verdicts = metrics.counter(
                "meterport.tokens.verdicts", "Portal tokens that the store was asked about.");
    }

    @Override
    public PortalToken create(NewPortalToken token) {
        PortalToken created = tokens.create(token);
        issued.increment();
        return created;
    }

    @Override
    public Optional<Verdict> verdict(TokenId id) {
        verdicts.increment();
        return tokens.verdict(id);
    }

    @Override
    public List<ListedToken> list(
            Namespace namespace, Optional<SubjectKey> subject, Optional<TokenId> after, int limit) {
        return tokens.list(namespace, subject, after, limit);
    }

    @Override
    public int erase(Namespace namespace, SubjectKey subject, String actor, Instant at) {
        return tokens.erase(namespace, subject, actor, at);
    }

    @Override
    public void used(Map<TokenId, Instant> byId) {
        tokens.used(byId);
    }
}
