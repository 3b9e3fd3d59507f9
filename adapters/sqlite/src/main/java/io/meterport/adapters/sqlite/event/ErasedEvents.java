package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many events of series that somebody erases were deleted, whoever took the steps: the writer
 * goes on with them by itself when it has nothing else to do. Only the writer's thread uses it.
 */
final class ErasedEvents implements Kept {
    private final Map<Long, Long> stored = new HashMap<>();
    private final Map<Long, Long> underWay = new HashMap<>();

    /** Counts those of these series from now on. */
    void count(Collection<Long> series) {
        series.forEach(each -> stored.put(each, 0L));
    }

    void add(long series, long deleted) {
        if (stored.containsKey(series)) {
            underWay.merge(series, deleted, Long::sum);
        }
    }

    /** What was counted of these series until the last commit; they are counted no longer. */
    long take(List<Long> series) {
        long sum = 0;
        for (long each : series) {
            Long deleted = stored.remove(each);
            sum += deleted == null ? 0 : deleted;
        }
        return sum;
    }

    @Override
    public void load(Session session) {
        underWay.clear();
    }

    @Override
    public void committed() {
        underWay.forEach((series, deleted) -> stored.merge(series, deleted, Long::sum));
        underWay.clear();
    }

    @Override
    public void undone() {
        underWay.clear();
    }
}
