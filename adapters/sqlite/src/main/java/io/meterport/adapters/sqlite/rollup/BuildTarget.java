package io.meterport.adapters.sqlite.rollup;

import io.meterport.domain.meter.Aggregation;
import io.meterport.domain.meter.Meter;

/**
 * Where contributions to a meter are added up.
 *
 * @param number of the build
 * @param hasParts whether the meter has dimensions, so that there is more than the totals
 * @param countsDistinct whether values are kept one by one; then there are no pages of minutes,
 *     because distinct values of a minute are counted from its events
 */
public record BuildTarget(long number, Merge merge, boolean hasParts, boolean countsDistinct) {
    /** The place for what that meter counts. */
    public static BuildTarget of(long number, Meter meter) {
        return new BuildTarget(
                number,
                Merge.of(meter.aggregation()),
                !meter.dimensions().isEmpty(),
                meter.aggregation() instanceof Aggregation.UniqueCount);
    }
}
