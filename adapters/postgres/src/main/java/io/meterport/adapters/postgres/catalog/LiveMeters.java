package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.Catalog;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * The live meters in memory, read again when another node, or this one, has changed them. Thread-safe.
 */
final class LiveMeters {
    /** The meters at one version; what is asked for often is put together once. */
    private static final class State {
        final long version;
        final Map<Namespace, List<Meter>> meters = new HashMap<>();
        final Map<Namespace, Catalog> catalogs = new ConcurrentHashMap<>();

        State(long version, List<Meter> live) {
            this.version = version;
            for (Meter meter : live) {
                meters.computeIfAbsent(meter.namespace(), missing -> new ArrayList<>())
                        .add(meter);
            }
        }

        Catalog catalog(Namespace namespace) {
            return catalogs.size() < MOST_CATALOGS
                    ? catalogs.computeIfAbsent(namespace, this::make)
                    : make(namespace);
        }

        private Catalog make(Namespace namespace) {
            return new Catalog(version, meters.getOrDefault(namespace, List.of()));
        }
    }

    private static final int MOST_CATALOGS = 10_000;
    private static final String LIVE =
            "select " + MeterRow.COLUMNS + " from meter where deleted_at is null order by position";

    private final Transactions transactions;
    private final Coalesced<Long> version;
    private volatile State state = new State(-1, List.of());

    LiveMeters(Transactions transactions) {
        this.transactions = transactions;
        this.version = new Coalesced<>(() -> transactions.readOnce(CatalogLock::version));
    }

    /** The meters of the namespace, as they are at some moment after the call. */
    Catalog catalog(Namespace namespace) {
        long newest = version.get();
        State known = state;
        return (known.version >= newest ? known : readAgain(newest)).catalog(namespace);
    }

    private synchronized State readAgain(long version) {
        if (state.version < version) {
            state = transactions.read(LiveMeters::read);
        }
        return state;
    }

    private static State read(Handle handle) {
        long version = CatalogLock.version(handle);
        List<Meter> live = handle.createQuery(LIVE)
                .map((row, context) -> MeterRow.read(row))
                .list();
        return new State(version, live);
    }
}
