package io.meterport.adapters.sqlite.usage;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.rollup.Level;
import io.meterport.adapters.sqlite.rollup.Stretch;
import io.meterport.domain.usage.TimeFilter;
import io.meterport.domain.usage.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The windows of a query, cut at its range. They follow each other without gap, so that an hour
 * without a boundary inside lies in one window as a whole, and only hours with one have to be looked
 * at minute by minute; likewise minutes. Immutable.
 */
final class Cut {
    /** An hour or minute that is not whole in any window. */
    static final int NONE = -1;

    private final long[] starts;
    private final long end;

    /**
     * @param begin from when on to look at all; not after the range begins. Before the meter's first
     *     moment nothing is counted, so that its first hour can be taken as a whole
     */
    Cut(List<Window> windows, Window range, Instant begin) {
        Window possible = range.and(TimeFilter.ALL);
        starts = new long[windows.size()];
        long last = 0;
        for (int i = 0; i < starts.length; i++) {
            Window part = windows.get(i).and(possible);
            starts[i] = Micros.notBefore(part.start());
            last = Micros.notBefore(part.end());
        }
        end = last;
        if (starts.length > 0 && starts[0] == Micros.notBefore(possible.start())) {
            Instant first = begin.isAfter(Instant.EPOCH) ? begin : Instant.EPOCH;
            starts[0] = Math.min(starts[0], Micros.notBefore(first));
        }
    }

    /** Whether no event can be in it. */
    boolean isEmpty() {
        return starts.length == 0 || starts[0] >= end;
    }

    /** When it begins, in microseconds. */
    long start() {
        return starts[0];
    }

    /** When it ends, in microseconds. */
    long end() {
        return end;
    }

    /** The window of a moment between start and end. */
    int at(long micros) {
        int found = Arrays.binarySearch(starts, micros);
        return found >= 0 ? found : -found - 2;
    }

    /** The window that has the whole of that hour or minute, or {@link #NONE}. */
    int whole(Level level, long bucket) {
        long from = level.start(bucket);
        long to = level.start(bucket + 1);
        if (from < starts[0] || to > end) {
            return NONE;
        }
        int window = at(from);
        return window + 1 == starts.length || to <= starts[window + 1] ? window : NONE;
    }

    /** The window that is that UTC day and nothing else, or {@link #NONE}. */
    int exactly(long day) {
        long from = Level.HOURS.start(Level.HOURS.ofPage(day).from());
        long to = Level.HOURS.start(Level.HOURS.ofPage(day).to());
        int window = Arrays.binarySearch(starts, from);
        boolean ends =
                window >= 0 && to == (window + 1 == starts.length ? end : starts[window + 1]);
        return ends ? window : NONE;
    }

    /** All hours that may lie in some window. */
    Stretch hours() {
        return new Stretch(Level.HOURS.bucket(start()), Level.HOURS.bucket(end - 1) + 1);
    }

    /** The hours or minutes that are not whole in any window, as few stretches. */
    List<Stretch> split(Level level) {
        Set<Long> split = new TreeSet<>();
        for (long start : starts) {
            addIfInside(level, start, split);
        }
        addIfInside(level, end, split);
        List<Stretch> stretches = new ArrayList<>();
        for (long bucket : split) {
            int last = stretches.size() - 1;
            if (last >= 0 && stretches.get(last).to() == bucket) {
                stretches.set(last, new Stretch(stretches.get(last).from(), bucket + 1));
            } else {
                stretches.add(new Stretch(bucket, bucket + 1));
            }
        }
        return stretches;
    }

    private static void addIfInside(Level level, long boundary, Set<Long> split) {
        long bucket = level.bucket(boundary);
        if (level.start(bucket) != boundary) {
            split.add(bucket);
        }
    }
}
