package io.meterport.application.portal;

import io.meterport.application.spi.ClockMark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock by which tokens expire. It never goes back: it is the later of the wall clock and a
 * mark that is kept across restarts. The mark follows the wall clock, but never gains more than
 * {@link #SLACK} on true elapsed time at a time, so that a clock set wrongly ahead hurts little
 * longer than it is wrong. Thread-safe.
 */
public final class PortalClock implements InstantSource {
    /** How much the mark may gain on elapsed time whenever it is kept. */
    public static final Duration SLACK = Duration.ofMinutes(10);
    /** A wall clock further behind the mark than this is not believed. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private final ClockMark kept;
    private Instant mark;
    private Instant base;
    private long baseNanos;

    /**
     * @param nanoTime a clock that only goes forward
     */
    public PortalClock(InstantSource wall, LongSupplier nanoTime, ClockMark kept) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.kept = kept;
        this.mark = kept.highest().orElseGet(wall::instant);
        this.base = mark;
        this.baseNanos = nanoTime.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        Instant now = wall.instant();
        raise(now);
        return now.isAfter(mark) ? now : mark;
    }

    /**
     * The earlier of the wall clock and the mark: for what cannot be undone, so that a clock set
     * wrongly ahead deletes nothing.
     */
    public synchronized Instant cautious() {
        Instant now = wall.instant();
        raise(now);
        return now.isBefore(mark) ? now : mark;
    }

    /** Whether the wall clock is so far behind the mark that no token can be judged. */
    public synchronized boolean isBehind() {
        return wall.instant().isBefore(mark.minus(TOLERANCE));
    }

    /** Keeps the mark; to be called once a minute. */
    public void keep() {
        Instant reached;
        synchronized (this) {
            raise(wall.instant());
            reached = mark;
            base = mark;
            baseNanos = nanoTime.getAsLong();
        }
        kept.raise(reached);
    }

    private void raise(Instant now) {
        Instant most = base.plusNanos(nanoTime.getAsLong() - baseNanos).plus(SLACK);
        Instant reached = now.isBefore(most) ? now : most;
        if (reached.isAfter(mark)) {
            mark = reached;
        }
    }
}
