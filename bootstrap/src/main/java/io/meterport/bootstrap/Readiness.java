package io.meterport.bootstrap;

import io.meterport.application.spi.CatalogStorage;
import io.meterport.domain.problem.ProblemException;
import java.util.function.BooleanSupplier;

/**
 * Whether the server can do its work: it is not stopping, its storage answers, and what stores events
 * gets on. Thread-safe.
 */
final class Readiness implements BooleanSupplier, AutoCloseable {
    private final CatalogStorage catalog;
    private final Watchdog watchdog;
    private volatile boolean stopping;

    Readiness(CatalogStorage catalog, Watchdog watchdog) {
        this.catalog = catalog;
        this.watchdog = watchdog;
    }

    @Override
    public boolean getAsBoolean() {
        if (stopping || watchdog.isDoubtful()) {
            return false;
        }
        try {
            var _ = catalog.clock().highest();
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    /** From now on it is not. */
    @Override
    public void close() {
        stopping = true;
    }
}
