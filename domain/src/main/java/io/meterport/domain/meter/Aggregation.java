package io.meterport.domain.meter;

import java.util.Optional;

/**
 * How a meter turns events into one number. What each means, for no events and for events without
 * a usable value, is said by {@code io.meterport.domain.usage.Usage}.
 */
public sealed interface Aggregation {
    /** Where the metered value stands; empty for {@link Count}, which needs none. */
    Optional<PropertyPath> property();

    /** The number of events, whatever their data. */
    record Count() implements Aggregation {
        @Override
        public Optional<PropertyPath> property() {
            return Optional.empty();
        }
    }

    /** The exact sum of the numbers. */
    record Sum(PropertyPath value) implements Aggregation {
        @Override
        public Optional<PropertyPath> property() {
            return Optional.of(value);
        }
    }

    /** The sum divided by the number of events that have a number. */
    record Avg(PropertyPath value) implements Aggregation {
        @Override
        public Optional<PropertyPath> property() {
            return Optional.of(value);
        }
    }

    /** The smallest number. */
    record Min(PropertyPath value) implements Aggregation {
        @Override
        public Optional<PropertyPath> property() {
            return Optional.of(value);
        }
    }

    /** The largest number. */
    record Max(PropertyPath value) implements Aggregation {
        @Override
        public Optional<PropertyPath> property() {
            return Optional.of(value);
        }
    }

    /** The number of the event with the greatest time; at one microsecond the greater number. */
    record Latest(PropertyPath value) implements Aggregation {
        @Override
        public Optional<PropertyPath> property() {
            return Optional.of(value);
        }
    }

    /** The number of distinct values, by their text form. */
    record UniqueCount(PropertyPath value) implements Aggregation {
        @Override
        public Optional<PropertyPath> property() {
            return Optional.of(value);
        }
    }
}
