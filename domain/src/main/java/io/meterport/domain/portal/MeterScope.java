package io.meterport.domain.portal;

import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which meters a token may read. */
public sealed interface MeterScope {
    /** The most meters a token can be restricted to. */
    int MOST_METERS = 100;

    /** Whether that meter may be read. */
    boolean allows(MeterId meter);

    /** Every meter of the namespace, also those to come. */
    record Every() implements MeterScope {
        @Override
        public boolean allows(MeterId meter) {
            return true;
        }
    }

    /**
     * Only these meters, however they are called later.
     *
     * @param meters at least one; the slugs are those they had when the token was made, in the
     *     order given
     */
    record Only(Map<MeterId, MeterSlug> meters) implements MeterScope {
        public Only {
            if (meters.isEmpty() || meters.size() > MOST_METERS) {
                throw new IllegalArgumentException("1 to " + MOST_METERS + " meters");
            }
            meters = Collections.unmodifiableMap(new LinkedHashMap<>(meters));
        }

        @Override
        public boolean allows(MeterId meter) {
            return meters.containsKey(meter);
        }
    }
}
