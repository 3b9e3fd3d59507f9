package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.ApiKeyStore;
import io.meterport.application.spi.AuditLog;
import io.meterport.application.spi.CatalogStorage;
import io.meterport.application.spi.ClockMark;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.PortalTokenStore;
import io.meterport.application.spi.RevocationLog;
import io.meterport.application.spi.SubjectStore;
import java.time.InstantSource;

/** Definitions, tokens, revocations and keys in PostgreSQL. */
public final class PostgresCatalog implements CatalogStorage {
    /** Keeps them by these transactions, and tells {@code builds} when meters change. */
    public PostgresCatalog(Transactions transactions, Builds builds, InstantSource time) {}

    @Override
    public MeterStore meters() {
        throw new UnsupportedOperationException("meters");
    }

    @Override
    public SubjectStore subjects() {
        throw new UnsupportedOperationException("subjects");
    }

    @Override
    public PortalTokenStore tokens() {
        throw new UnsupportedOperationException("tokens");
    }

    @Override
    public RevocationLog revocations() {
        throw new UnsupportedOperationException("revocations");
    }

    @Override
    public ApiKeyStore keys() {
        throw new UnsupportedOperationException("keys");
    }

    @Override
    public AuditLog audit() {
        throw new UnsupportedOperationException("audit");
    }

    @Override
    public ClockMark clock() {
        throw new UnsupportedOperationException("clock");
    }

    @Override
    public void close() {}
}
