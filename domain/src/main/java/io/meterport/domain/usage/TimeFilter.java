package io.meterport.domain.usage;

import io.meterport.domain.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A condition on a moment. */
public sealed interface TimeFilter {
    /** All moments that events can have. */
    Window ALL = new Window(Instant.EPOCH, Event.END_OF_TIME);

    /** Whether {@code moment} meets the condition. */
    boolean matches(Instant moment);

    /** A window that holds every moment that meets the condition, and perhaps others. */
    Window hull();

    /** No condition. */
    record Any() implements TimeFilter {
        @Override
        public boolean matches(Instant moment) {
            return true;
        }

        @Override
        public Window hull() {
            return ALL;
        }
    }

    /** Before the bound, or at it if {@code orAt}. */
    record Before(Instant bound, boolean orAt) implements TimeFilter {
        public Before {
            Objects.requireNonNull(bound, "bound");
        }

        @Override
        public boolean matches(Instant moment) {
            return moment.isBefore(bound) || (orAt && moment.equals(bound));
        }

        @Override
        public Window hull() {
            Instant end = bound.plusNanos(1);
            return end.isAfter(ALL.start()) ? ALL.and(new Window(ALL.start(), end)) : none();
        }
    }

    /** After the bound, or at it if {@code orAt}. */
    record After(Instant bound, boolean orAt) implements TimeFilter {
        public After {
            Objects.requireNonNull(bound, "bound");
        }

        @Override
        public boolean matches(Instant moment) {
            return moment.isAfter(bound) || (orAt && moment.equals(bound));
        }

        @Override
        public Window hull() {
            return bound.isBefore(ALL.end()) ? ALL.and(new Window(bound, ALL.end())) : none();
        }
    }

    /** All of these; no restriction if there are none. */
    record And(List<TimeFilter> filters) implements TimeFilter {
        public And {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(Instant moment) {
            return filters.stream().allMatch(filter -> filter.matches(moment));
        }

        @Override
        public Window hull() {
            return filters.stream().map(TimeFilter::hull).reduce(ALL, Window::and);
        }
    }

    /** Any of these; no restriction if there are none. */
    record Or(List<TimeFilter> filters) implements TimeFilter {
        public Or {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(Instant moment) {
            return filters.isEmpty() || filters.stream().anyMatch(f -> f.matches(moment));
        }

        @Override
        public Window hull() {
            return filters.stream()
                    .map(TimeFilter::hull)
                    .reduce((a, b) -> new Window(
                            a.start().isBefore(b.start()) ? a.start() : b.start(),
                            a.end().isAfter(b.end()) ? a.end() : b.end()))
                    .orElse(ALL);
        }
    }

    private static Window none() {
        return new Window(ALL.start(), ALL.start());
    }
}
