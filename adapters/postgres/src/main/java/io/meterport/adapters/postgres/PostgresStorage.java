package io.meterport.adapters.postgres;

import io.meterport.adapters.postgres.catalog.PostgresCatalog;
import io.meterport.adapters.postgres.event.PostgresEvents;
import io.meterport.adapters.postgres.event.StoredBuilds;
import io.meterport.adapters.postgres.move.Taking;
import io.meterport.adapters.postgres.server.Migrations;
import io.meterport.adapters.postgres.server.Pool;
import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.adapters.postgres.usage.PostgresUsage;
import io.meterport.adapters.postgres.usage.PostgresVerification;
import io.meterport.application.spi.ApiKeyStore;
import io.meterport.application.spi.AuditLog;
import io.meterport.application.spi.CatalogStorage;
import io.meterport.application.spi.ClockMark;
import io.meterport.application.spi.Erasure;
import io.meterport.application.spi.EventReader;
import io.meterport.application.spi.EventStorage;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.Movable;
import io.meterport.application.spi.MovedDigest;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.application.spi.Retention;
import io.meterport.application.spi.RevocationLog;
import io.meterport.application.spi.SubjectStore;
import io.meterport.application.spi.UsageChanges;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.Verification;
import java.time.InstantSource;

/**
 * Everything in one PostgreSQL database: events, rollups, definitions, tokens and keys. Any number of
 * nodes may have it open; an acknowledged write is on the server's disk. Thread-safe.
 */
public final class PostgresStorage implements EventStorage, CatalogStorage {
    private final Pool pool;
    private final CatalogStorage catalog;
    private final EventStorage events;

    private PostgresStorage(Pool pool, PostgresOptions options, InstantSource time) {
        this.pool = pool;
        this.catalog = new PostgresCatalog(pool.transactions(), new StoredBuilds(), time);
        this.events = new PostgresEvents(
                pool.transactions(),
                options,
                time,
                combinations -> new PostgresUsage(pool.transactions(), combinations, options),
                salt -> new PostgresVerification(pool.transactions(), salt));
    }

    /**
     * Opens the database and, if the options allow it, brings its tables up to date.
     *
     * @throws IllegalStateException with a sentence for the operator if the database cannot be used,
     *     or another version of Meterport made its tables
     */
    public static PostgresStorage open(PostgresOptions options, InstantSource time) {
        Pool pool = Pool.open(options);
        try {
            if (options.migrate()) {
                Migrations.apply(pool.transactions());
            }
            Migrations.require(pool.transactions());
            return new PostgresStorage(pool, options, time);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Brings the tables up to date, while other nodes may be using them.
     *
     * @return how many steps were missing
     * @throws IllegalStateException as {@link #open}
     */
    public static int migrate(PostgresOptions options) {
        try (Pool pool = Pool.single(options)) {
            return Migrations.apply(pool.transactions());
        }
    }

    /**
     * Takes everything of another storage, all of it or nothing, into a database that has nothing in
     * it; then compares what is there with what was given, before it is committed. No server may be
     * using the database.
     *
     * @return what was moved
     * @throws IllegalStateException with a sentence for the operator if the database cannot be used,
     *     is not empty, or says something else than was given
     * @throws io.meterport.domain.problem.ProblemException if it broke off; nothing was stored then,
     *     unless it is {@code outcome-unknown}
     */
    public static MovedDigest take(PostgresOptions options, Movable from) {
        try (Pool pool = Pool.single(options)) {
            var _ = Migrations.apply(pool.transactions());
            return pool.transactions().writeAtLength(handle -> new Taking(handle).take(from));
        }
    }

    @Override
    public EventStore events() {
        return events.events();
    }

    @Override
    public EventReader history() {
        return events.history();
    }

    @Override
    public UsageReader usage() {
        return events.usage();
    }

    @Override
    public MeterBuilds builds() {
        return events.builds();
    }

    @Override
    public UsageChanges changes() {
        return events.changes();
    }

    @Override
    public Retention retention() {
        return events.retention();
    }

    @Override
    public Erasure erasure() {
        return events.erasure();
    }

    @Override
    public Verification verification() {
        return events.verification();
    }

    @Override
    public MeterStore meters() {
        return catalog.meters();
    }

    @Override
    public SubjectStore subjects() {
        return catalog.subjects();
    }

    @Override
    public PortalTokenStore tokens() {
        return catalog.tokens();
    }

    @Override
    public RevocationLog revocations() {
        return catalog.revocations();
    }

    @Override
    public ApiKeyStore keys() {
        return catalog.keys();
    }

    @Override
    public AuditLog audit() {
        return catalog.audit();
    }

    @Override
    public ClockMark clock() {
        return catalog.clock();
    }

    @Override
    public void close() {
        events.close();
        catalog.close();
        pool.close();
    }
}
