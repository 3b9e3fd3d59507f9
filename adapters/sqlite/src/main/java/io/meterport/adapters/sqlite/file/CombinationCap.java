package io.meterport.adapters.sqlite.file;

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
        static Beyond of(String name) {
            return switch (name) {
                case "refuse" -> REFUSE;
                case "fold" -> FOLD;
                default ->
                    throw new IllegalArgumentException(
                            "The option beyond-combinations of the SQLite"
                                    + " storage must be refuse or fold");
            };
        }
    }

    /** No cap, and a warning at ten thousand. */
    public static final CombinationCap NONE = new CombinationCap(10_000, 0, Beyond.REFUSE);

    private static final long MOST = 1_000_000_000;

    public CombinationCap {
        SqliteOptions.requireBetween("warn-combinations", warn, 0, MOST);
        SqliteOptions.requireBetween("most-combinations", most, 0, MOST);
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
}
