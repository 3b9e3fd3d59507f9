package io.meterport.bootstrap;

import io.meterport.application.spi.CatalogStorage;
import io.meterport.domain.problem.ProblemException;
import java.util.function.BooleanSupplier;

/** Whether the server can do its work: it is not stopping, and its storage answers. Thread-safe. */
final class Readiness implements BooleanSupplier, AutoCloseable {
    private final CatalogStorage catalog;
    private volatile boolean stopping;

    Readiness(CatalogStorage catalog) {
        this.catalog = catalog;
    }

    @Override
    public boolean getAsBoolean() {
        if (stopping) {
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
