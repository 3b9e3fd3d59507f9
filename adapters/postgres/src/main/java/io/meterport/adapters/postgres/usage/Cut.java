package io.meterport.adapters.postgres.usage;

import io.meterport.adapters.postgres.server.Micros;
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
    /** Lengths, in microseconds. */
    static final long MINUTE = 60_000_000;

    static final long HOUR = 60 * MINUTE;

    /** A stretch of time in any unit, half open. */
    record Stretch(long from, long to) {}

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

    /** All of it, in microseconds. */
    Stretch whole() {
        return new Stretch(starts[0], end);
    }

    /** The window of a moment between start and end. */
    int at(long micros) {
        int found = Arrays.binarySearch(starts, micros);
        return found >= 0 ? found : -found - 2;
    }

    /** The window that has the whole of that bucket of this length, or {@link #NONE}. */
    int whole(long length, long bucket) {
        long from = bucket * length;
        long to = from + length;
        if (from < starts[0] || to > end) {
            return NONE;
        }
        int window = at(from);
        return window + 1 == starts.length || to <= starts[window + 1] ? window : NONE;
    }

    /**
     * The buckets of this length at which another window begins, or a bucket that is split, in rising
     * order; the last is where the cut ends. Between two of them all buckets are of one window, or
     * none is whole.
     */
    long[] bounds(long length) {
        TreeSet<Long> bounds = new TreeSet<>();
        for (long start : starts) {
            add(bounds, start, length);
        }
        add(bounds, end, length);
        return bounds.stream().mapToLong(bound -> bound).toArray();
    }

    /** The split buckets of this length, as few stretches, in buckets. */
    List<Stretch> split(long length) {
        TreeSet<Long> split = new TreeSet<>();
        for (long start : starts) {
            addIfInside(split, start, length);
        }
        addIfInside(split, end, length);
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

    /** The split buckets of this length in microseconds, and no more than lies in the cut. */
    List<Stretch> splitMicros(long length) {
        return split(length).stream()
                .map(each -> new Stretch(
                        Math.max(starts[0], each.from() * length),
                        Math.min(end, each.to() * length)))
                .toList();
    }

    private static void add(Set<Long> bounds, long moment, long length) {
        bounds.add(Math.floorDiv(moment, length));
        bounds.add(Math.ceilDiv(moment, length));
    }

    private static void addIfInside(Set<Long> split, long moment, long length) {
        if (Math.floorMod(moment, length) != 0) {
            split.add(Math.floorDiv(moment, length));
        }
    }
}
