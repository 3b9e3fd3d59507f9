package io.meterport.domain.usage;

import java.time.Instant;
import java.util.Objects;

/** A stretch of time, half open: {@code start} belongs to it, {@code end} does not. */
public record Window(Instant start, Instant end) {
    public Window {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end before start");
        }
    }

    /** Whether that moment lies in {@code [start, end)}. */
    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }

    /** Whether no moment lies in it. */
    public boolean isEmpty() {
        return start.equals(end);
    }

    /** What both have in common; an empty window where that is nothing. */
    public Window and(Window other) {
        Instant from = start.isAfter(other.start) ? start : other.start;
        Instant to = end.isBefore(other.end) ? end : other.end;
        return to.isBefore(from) ? new Window(from, from) : new Window(from, to);
    }
}
