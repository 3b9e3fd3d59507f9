package io.meterport.adapters.sqlite.rollup;

/** Hours or minutes {@code [from, to)}, numbered since 1970. */
public record Stretch(long from, long to) {
    /** Whether that hour or minute lies in it. */
    public boolean contains(long bucket) {
        return bucket >= from && bucket < to;
    }
}
