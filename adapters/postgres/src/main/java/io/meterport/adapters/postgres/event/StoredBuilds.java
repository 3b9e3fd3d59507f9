package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.catalog.Builds;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import org.jdbi.v3.core.Handle;

/** The builds as rows. */
public final class StoredBuilds implements Builds {
    @Override
    public void begin(Handle handle, Meter meter) {
        handle.createUpdate("insert into build (meter, paths, current) values (:meter, '', true)")
                .bind("meter", meter.id().value())
                .execute();
    }

    @Override
    public void end(Handle handle, MeterId meter) {
        handle.createUpdate("update build set current = false where meter = :meter and current")
                .bind("meter", meter.value())
                .execute();
    }
}
