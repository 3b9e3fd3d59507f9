package io.meterport.application.spi;

import java.util.Objects;

/** Both halves of a storage, as a test opens and closes them. They may be one and the same. */
public record WholeStorage(EventStorage events, CatalogStorage catalog) implements AutoCloseable {
    public WholeStorage {
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(catalog, "catalog");
    }

    /** A storage that is both. */
    public static <S extends EventStorage & CatalogStorage> WholeStorage of(S both) {
        return new WholeStorage(both, both);
    }

    @Override
    public void close() {
        events.close();
        catalog.close();
    }
}
