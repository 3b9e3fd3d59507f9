package io.meterport.adapters.sqlite.rollup;

import java.util.Comparator;

/** A value that a meter of distinct values saw in one hour and combination. */
record PresentValue(ValueHash value, long hour, int combination)
        implements Comparable<PresentValue> {
    /** As they are stored, so that neighbours are written together. */
    private static final Comparator<PresentValue> ORDER = Comparator.comparing(PresentValue::value)
            .thenComparingLong(PresentValue::hour)
            .thenComparingInt(PresentValue::combination);

    @Override
    public int compareTo(PresentValue other) {
        return ORDER.compare(this, other);
    }
}
