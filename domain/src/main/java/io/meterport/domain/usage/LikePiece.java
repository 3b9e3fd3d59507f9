package io.meterport.domain.usage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of code points of a pattern, without percent signs. Searching uses the shift-and method, so
 * that no text makes it go back.
 */
public final class LikePiece {
    /** Stands for any one code point. */
    static final int ANY = -1;

    private final int[] points;
    private final Map<Integer, long[]> places = new HashMap<>();
    private final long[] anywhere;

    private LikePiece(int[] points) {
        this.points = points;
        this.anywhere = new long[points.length / 64 + 1];
        for (int i = 0; i < points.length; i++) {
            long[] bits = points[i] == ANY
                    ? anywhere
                    : places.computeIfAbsent(points[i], p -> new long[anywhere.length]);
            bits[i >> 6] |= 1L << i;
        }
    }

    static LikePiece of(List<Integer> points) {
        return new LikePiece(points.stream().mapToInt(p -> p).toArray());
    }

    int length() {
        return points.length;
    }

    boolean standsAt(int[] text, int from) {
        for (int i = 0; i < points.length; i++) {
            if (points[i] != ANY && points[i] != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the first stand of this piece within {@code [from, to)} ends, or -1. */
    int endOfFirst(int[] text, int from, int to) {
        if (points.length == 0) {
            return from;
        }
        long[] state = new long[anywhere.length];
        int last = points.length - 1;
        for (int i = from; i < to; i++) {
            long[] here = places.get(text[i]);
            long carry = 1;
            for (int word = 0; word < state.length; word++) {
                long next = state[word] >>> 63;
                long may = anywhere[word] | (here == null ? 0 : here[word]);
                state[word] = (state[word] << 1 | carry) & may;
                carry = next;
            }
            if ((state[last >> 6] >>> last & 1) == 1) {
                return i + 1;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LikePiece that && Arrays.equals(points, that.points);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(points);
    }
}
