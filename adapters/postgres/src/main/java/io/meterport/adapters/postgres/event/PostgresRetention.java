package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.CatalogLock;
import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.Retention;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.usage.Horizon;
import java.time.Instant;
import java.util.Optional;

/** Raises the horizon; what lies before it is deleted by {@link OldEvents}. */
final class PostgresRetention implements Retention {
    private final Transactions transactions;

    PostgresRetention(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Horizon horizon() {
        return transactions.readOnce(Upkeep::read).horizon();
    }

    @Override
    public Horizon raise(Horizon to) {
        Horizon now = horizon();
        if (now.or(to).equals(now)) {
            return now;
        }
        return transactions.write(handle -> {
            CatalogLock.take(handle);
            boolean isBuilding = handle.createQuery("""
                            select exists (select 1 from build where current and position < last)""").mapTo(boolean.class).one();
            if (!isBuilding) {
                handle.createUpdate("update upkeep set horizon = greatest(horizon, :horizon)")
                        .bind("horizon", Micros.of(to.moment()))
                        .execute();
            }
            return Upkeep.read(handle).horizon();
        });
    }

    @Override
    public Optional<Instant> dataFrom(MeterId meter) {
        return transactions.readOnce(handle -> BuildRow.current(handle, meter)
                .filter(row -> row.dataFrom() > 0)
                .map(row -> Micros.instant(row.dataFrom())));
    }
}
