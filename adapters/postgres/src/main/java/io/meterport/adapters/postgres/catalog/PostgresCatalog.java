package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.Chores;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.ApiKeyStore;
import io.meterport.application.spi.AuditLog;
import io.meterport.application.spi.CatalogStorage;
import io.meterport.application.spi.ClockMark;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.application.spi.RevocationLog;
import io.meterport.application.spi.SubjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Definitions, tokens, revocations and keys in PostgreSQL. */
public final class PostgresCatalog implements CatalogStorage {
    private static final Duration PURGE_PAUSE = Duration.ofSeconds(10);

    private final MeterStore meters;
    private final SubjectStore subjects;
    private final PortalTokenStore tokens;
    private final RevocationLog revocations;
    private final ApiKeyStore keys;
    private final AuditLog audit;
    private final ClockMark clock;
    private final Chores chores;

    /** Keeps them by these transactions, and tells {@code builds} when meters change. */
    public PostgresCatalog(Transactions transactions, Builds builds, InstantSource time) {
        this.meters = new PostgresMeters(transactions, new LiveMeters(transactions), builds);
        this.subjects = new PostgresSubjects(transactions);
        this.tokens = new PostgresTokens(transactions);
        this.revocations = new PostgresRevocations(transactions);
        this.keys = new PostgresKeys(transactions);
        this.audit = new PostgresAudit(transactions);
        this.clock = new PostgresClock(transactions);
        this.chores = new Chores(transactions, List.of(new TokenPurge(time)), PURGE_PAUSE);
    }

    @Override
    public MeterStore meters() {
        return meters;
    }

    @Override
    public SubjectStore subjects() {
        return subjects;
    }

    @Override
    public PortalTokenStore tokens() {
        return tokens;
    }

    @Override
    public RevocationLog revocations() {
        return revocations;
    }

    @Override
    public ApiKeyStore keys() {
        return keys;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Override
    public ClockMark clock() {
        return clock;
    }

    @Override
    public void close() {
        chores.close();
    }
}
