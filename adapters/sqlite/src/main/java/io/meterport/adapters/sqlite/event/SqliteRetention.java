package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.catalog.BuildRow;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Session;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.spi.Retention;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.usage.Horizon;
import java.time.Instant;
import java.util.Optional;

/** Raises the horizon; what lies before it is deleted by {@link OldEvents}. */
public final class SqliteRetention implements Retention {
    private final Readers readers;
    private final Writer writer;
    private final StoredHorizon horizon;

    public SqliteRetention(Readers readers, Writer writer, StoredHorizon horizon) {
        this.readers = readers;
        this.writer = writer;
        this.horizon = horizon;
    }

    @Override
    public Horizon horizon() {
        return horizon.get();
    }

    @Override
    public Horizon raise(Horizon to) {
        if (!horizon.get().or(to).equals(horizon.get())) {
            writer.inTurn(session -> {
                if (!isBuilding(session)) {
                    horizon.raise(session, to);
                }
                return true;
            });
        }
        return horizon.get();
    }

    @Override
    public Optional<Instant> dataFrom(MeterId meter) {
        return readers.read(session -> BuildRow.current(session, meter)
                .filter(row -> row.dataFrom() > 0)
                .map(row -> Micros.instant(row.dataFrom())));
    }

    private static boolean isBuilding(Session session) {
        return session.handle().createQuery("""
                        select exists (
                            select 1 from build where current = 1 and position < last)""").mapTo(boolean.class).one();
    }
}
