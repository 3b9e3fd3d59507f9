package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.catalog.Builds;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import org.jdbi.v3.core.Handle;

/** Begins and ends builds. Nobody stores events meanwhile, so that a build knows where it ends. */
public final class StoredBuilds implements Builds {
    /** The events stored so far are left to the build, if there are any of the meter's type. */
    @Override
    public void begin(Handle handle, Meter meter) {
        handle.createUpdate("""
                        insert into build (meter, paths, position, last, current, data_from)
                        select :meter, :paths, 0,
                            case when exists (
                                select 1 from series
                                join namespace on namespace.id = series.namespace
                                where namespace.name = :namespace and series.type = :type)
                            then (select last_value from event_seq) else 0 end,
                            true, (select horizon from upkeep)""")
                .bind("meter", meter.id().value())
                .bind("paths", BuildRow.paths(meter))
                .bind("namespace", meter.namespace().name())
                .bind("type", meter.eventType().value())
                .execute();
    }

    /** The current build counts no more, and is swept away. */
    @Override
    public void end(Handle handle, MeterId meter) {
        handle.createUpdate("update build set current = false where meter = :meter and current")
                .bind("meter", meter.value())
                .execute();
    }

    /** Begins those anew that have not come to their end: they may have events at hand that are gone. */
    void restart(Handle handle, Meter meter) {
        int ended = handle.createUpdate("""
                        update build set current = false
                        where meter = :meter and current and position < last""").bind("meter", meter.id().value()).execute();
        if (ended > 0) {
            begin(handle, meter);
        }
    }
}
