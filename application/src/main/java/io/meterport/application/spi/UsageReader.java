package io.meterport.application.spi;

import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import java.util.List;
import java.util.function.Function;

/** Computes usage, in any way that gives what {@link io.meterport.domain.usage.Usage} would. */
public interface UsageReader {
    /**
     * One reading for each window, subject and group that has events, in any order, from one state
     * of the store; {@code Usage.rows} turns them into the answer.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code too-many-windows}, {@code
     *     too-many-rows} or {@code too-many-events} before the work is done; {@code before-horizon}
     *     if a window begins or ends within an hour whose events are no longer kept; {@code
     *     meter-building} (unavailable) while the
     *     meter's old events are still being counted and there are too many to do without; {@code
     *     query-timeout} (unavailable) when the budget of time is used up
     */
    List<Reading> read(UsageQuery query);

    /**
     * What {@code reading} makes of one state of the store, however many queries it puts to it, and
     * in no more time than one query may take. The state must not be used afterwards.
     *
     * @throws io.meterport.domain.problem.ProblemException as {@link #read}, or from the reading
     */
    <T> T together(Function<UsageState, T> reading);
}
