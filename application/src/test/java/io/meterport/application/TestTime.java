package io.meterport.application;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that goes only where a test sets it. */
public final class TestTime implements InstantSource {
    private Instant now;
    private long nanos;

    /** Begins then. */
    public TestTime(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** What a clock that only goes forward reads. */
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Lets true time pass. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** Sets the wall clock, while no true time passes. */
    public synchronized void set(Instant wall) {
        now = wall;
    }
}
