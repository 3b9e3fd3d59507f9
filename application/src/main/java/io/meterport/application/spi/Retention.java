package io.meterport.application.spi;

import io.meterport.domain.meter.MeterId;
import io.meterport.domain.usage.Horizon;
import java.time.Instant;
import java.util.Optional;

/**
 * Forgets single events that are old enough, and keeps what they came to. From then on an event
 * before the horizon is refused, whether it was stored once or not; usage before it can be asked for
 * in whole hours of UTC; and a meter that is defined, or whose dimensions change, begins there.
 */
public interface Retention {
    /** Where events begin; never falls. Cheap to ask for. */
    Horizon horizon();

    /**
     * Raises the horizon; durable when it returns, and the events before it are deleted bit by bit.
     * A lower one changes nothing, and neither does any while old events are being counted for a
     * meter, which needs them.
     *
     * @return the horizon as it is now
     */
    Horizon raise(Horizon to);

    /** Where that meter's usage begins, if events had been forgotten when it was defined. */
    Optional<Instant> dataFrom(MeterId meter);
}
