package io.meterport.adapters.postgres.catalog;

import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import org.jdbi.v3.core.Handle;

/** What a change of a meter means to those who count events. */
public interface Builds {
    /**
     * From now on that meter counts: later events as they come, those stored so far by a build. Called
     * in the transaction of the change, while nobody stores events.
     */
    void begin(Handle handle, Meter meter);

    /** Whatever was counted for that meter so far counts no more. Called like {@link #begin}. */
    void end(Handle handle, MeterId meter);
}
