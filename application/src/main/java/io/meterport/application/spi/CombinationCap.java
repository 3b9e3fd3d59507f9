package io.meterport.application.spi;

import java.util.Objects;

/**
 * How many combinations of dimension values each meter may tell apart.
 *
 * @param warn from how many on the operator is warned, and again whenever they have doubled; zero:
 *     never
 * @param most how many there may be; zero: any number
 * @param beyond what happens to an event that would bring another
 */
public record CombinationCap(long warn, long most, Beyond beyond) {
    /** What happens to events whose combination is one too many. */
    public enum Beyond {
        /** Their batch is refused. */
        REFUSE,
        /** They count under a value of its own in every dimension. */
        FOLD;

        /**
         * The one of that name in lower case.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Beyond of(String name) {
            return switch (name) {
                case "refuse" -> REFUSE;
                case "fold" -> FOLD;
                default ->
                    throw new IllegalArgumentException(
                            "The option beyond-combinations of the storage must be refuse or fold");
            };
        }
    }

    /** No cap, and a warning at ten thousand. */
    public static final CombinationCap NONE = new CombinationCap(10_000, 0, Beyond.REFUSE);

    /** The value, in every dimension, of what is not told apart. */
    public static final String OTHER = "__other__";

    private static final long MOST = 1_000_000_000;

    public CombinationCap {
        requireInRange("warn-combinations", warn);
        requireInRange("most-combinations", most);
        Objects.requireNonNull(beyond, "beyond");
    }

    /** Whether that many are all there may be. */
    public boolean isReachedBy(long combinations) {
        return most > 0 && combinations >= most;
    }

    /** Whether events have to be looked at before they are taken in. */
    public boolean refuses() {
        return most > 0 && beyond == Beyond.REFUSE;
    }

    /** Whether further combinations count together. */
    public boolean folds() {
        return most > 0 && beyond == Beyond.FOLD;
    }

    /** Whether the operator should hear of it that there are that many now. */
    public boolean warnsAt(long combinations) {
        return warn > 0 && combinations % warn == 0 && Long.bitCount(combinations / warn) == 1;
    }

    private static void requireInRange(String name, long value) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException(
                    "The option " + name + " of the storage must lie between 0 and " + MOST);
        }
    }
}
