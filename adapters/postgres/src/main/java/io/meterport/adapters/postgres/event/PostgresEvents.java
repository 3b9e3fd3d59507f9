package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.Erasure;
import io.meterport.application.spi.EventReader;
import io.meterport.application.spi.EventStorage;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.application.spi.Retention;
import io.meterport.application.spi.UsageChanges;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.Verification;
import java.time.InstantSource;

/** Events in PostgreSQL, and all that is counted from them. */
public final class PostgresEvents implements EventStorage {
    /** Keeps them by these transactions. */
    public PostgresEvents(Transactions transactions, PostgresOptions options, InstantSource time) {}

    @Override
    public EventStore events() {
        throw new UnsupportedOperationException("events");
    }

    @Override
    public EventReader history() {
        throw new UnsupportedOperationException("history");
    }

    @Override
    public UsageReader usage() {
        throw new UnsupportedOperationException("usage");
    }

    @Override
    public MeterBuilds builds() {
        throw new UnsupportedOperationException("builds");
    }

    @Override
    public UsageChanges changes() {
        throw new UnsupportedOperationException("changes");
    }

    @Override
    public Retention retention() {
        throw new UnsupportedOperationException("retention");
    }

    @Override
    public Erasure erasure() {
        throw new UnsupportedOperationException("erasure");
    }

    @Override
    public Verification verification() {
        throw new UnsupportedOperationException("verification");
    }

    @Override
    public void close() {}
}
