package io.meterport.application.spi;

/**
 * How many subjects with events each namespace may have.
 *
 * @param warn from how many on the operator is warned, and again whenever they have doubled; zero:
 *     never
 * @param most how many there may be; zero: any number
 */
public record SubjectCap(long warn, long most) {
    /** No cap, and a warning at a hundred thousand. */
    public static final SubjectCap NONE = new SubjectCap(100_000, 0);

    private static final long MOST = 1_000_000_000;

    public SubjectCap {
        requireInRange("warn-subjects", warn);
        requireInRange("most-subjects", most);
    }

    /** Whether events have to be looked at before they are taken in. */
    public boolean refuses() {
        return most > 0;
    }

    /** How many more there may be beside that many. */
    public long left(long subjects) {
        return most > 0 ? Math.max(0, most - subjects) : Long.MAX_VALUE;
    }

    /**
     * Whether the operator should hear of it that there are that many more now.
     *
     * @param before how many there were
     * @param now how many there are, at least as many
     */
    public boolean warnsBetween(long before, long now) {
        return warn > 0 && doublings(now) > doublings(before);
    }

    /** How often the number of the first warning has been doubled by now; zero if not reached. */
    private int doublings(long subjects) {
        return Long.SIZE - Long.numberOfLeadingZeros(subjects / warn);
    }

    private static void requireInRange(String name, long value) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException(
                    "The option " + name + " of the storage must lie between 0 and " + MOST);
        }
    }
}
