package io.meterport.application.spi;

import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import java.util.List;

/**
 * One state of the store, for as long as it is being read: whatever is stored meanwhile is not seen.
 * Belongs to the thread that reads.
 */
public interface UsageState {
    /** What {@link UsageReader#read} would give if nothing else were stored; the same problems. */
    List<Reading> read(UsageQuery query);

    /**
     * The last change of the events that the query is about: those of its meter's type, and of its
     * subjects if it names any. Range and filters are not looked at.
     */
    UsageChange lastChange(UsageQuery query);
}
