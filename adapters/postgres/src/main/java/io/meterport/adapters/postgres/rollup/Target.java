package io.meterport.adapters.postgres.rollup;

import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Meter;

/**
 * Where contributions to a meter are added up.
 *
 * @param build its number
 * @param hasParts whether the meter has dimensions, so that there is more than the totals
 * @param countsDistinct whether values are kept one by one; then there are no rows of minutes,
 *     because distinct values of a minute are counted from its events
 */
public record Target(long build, Merge merge, boolean hasParts, boolean countsDistinct) {
    /** The place for what that meter counts. */
    public static Target of(long build, Meter meter) {
        return new Target(
                build,
                Merge.of(meter.aggregation()),
                !meter.dimensions().isEmpty(),
                meter.aggregation() instanceof Aggregation.UniqueCount);
    }
}
