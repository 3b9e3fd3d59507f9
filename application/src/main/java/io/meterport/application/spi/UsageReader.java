package io.meterport.application.spi;

import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import java.util.List;

/** Computes usage, in any way that gives what {@link io.meterport.domain.usage.Usage} would. */
public interface UsageReader {
    /**
     * One reading for each window, subject and group that has events, in any order, from one state
     * of the store; {@code Usage.rows} turns them into the answer.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code too-many-windows} or {@code
     *     too-many-rows} before the work is done; {@code meter-building} (unavailable) while the
     *     meter's old events are still being counted and there are too many to do without; {@code
     *     query-timeout} (unavailable) when the budget of time is used up
     */
    List<Reading> read(UsageQuery query);
}
