package io.meterport.application.portal;

import io.meterport.application.spi.RevocationLog;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The head of a store that other nodes write to as well. It is learned from the store only, and what
 * is known always reads: every revocation acknowledged before the moment of the proof has at most
 * this number. A decision may rest on a proof that is not older than is allowed; one that is too old
 * is made anew before anything is decided. Readings are shared by all who wait. Thread-safe.
 */
public final class KnownHead implements RevocationHead {
    /** How long a decision waits for a proof. */
    public static final Duration PATIENCE = Duration.ofMillis(100);

    /** A reading that takes longer may never come back, so another is begun beside it. */
    private static final long HUNG_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int MOST_READINGS = 4;

    /**
     * What is known.
     *
     * @param proven the moment of the proof
     * @param learned when the number was first seen
     */
    private record Known(long head, long proven, long learned) {}

    private final RevocationLog log;
    private final LongSupplier nanoTime;
    private final Executor readings;
    private final long patience;
    private final long maxStaleness;
    private final long maxExtra;

    private volatile Known known;
    private volatile boolean lost;
    private int underWay;
    private long lastBegun;
    private long lastFailed;
    private long refused;
    private long extended;

    /**
     * Knows nothing yet.
     *
     * @param nanoTime a clock that only goes forward
     * @param readings runs a reading of the store, which may take as long as the store likes
     * @param patience how long a decision waits for one
     */
    public KnownHead(
            RevocationLog log,
            Freshness freshness,
            LongSupplier nanoTime,
            Executor readings,
            Duration patience) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.readings = readings;
        this.patience = patience.toNanos();
        this.maxStaleness = freshness.maxStaleness().toNanos();
        this.maxExtra = freshness.maxExtra().orElse(Duration.ZERO).toNanos();
        long never = nanoTime.getAsLong() - maxStaleness - maxExtra - 1;
        this.known = new Known(-1, never, never);
        this.lastFailed = never;
    }

    @Override
    public long current() {
        long now = nanoTime.getAsLong();
        Known at = known;
        if (!lost && at.proven() - (now - maxStaleness) >= 0) {
            return at.head();
        }
        return isProvenSince(now - maxStaleness) ? known.head() : beyond();
    }

    @Override
    public long mark() {
        return nanoTime.getAsLong();
    }

    @Override
    public void learn(long head, long since) {
        take(head, since);
        requireNothingLost();
    }

    /**
     * Reads the head again, and waits for it no longer than a decision would; never fails.
     *
     * @return whether it was read from beginning to end meanwhile; one that still goes on counts when
     *     it ends
     */
    public boolean poll() {
        return isProvenSince(nanoTime.getAsLong());
    }

    /** The last number learned, however long ago; -1 before the first. */
    public long last() {
        return known.head();
    }

    /** The age of the proof. */
    public Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - known.proven());
    }

    /** Whether the store has lost revocations, so that nothing it says can be relied on. */
    public boolean isLost() {
        return lost;
    }

    /** How many decisions were refused for want of a proof. */
    public synchronized long refused() {
        return refused;
    }

    /** How many decisions rested on a proof older than is allowed while the store answers. */
    public synchronized long extended() {
        return extended;
    }

    /** Sees to it that there is a proof of that moment or later, if one can be had soon. */
    private synchronized boolean isProvenSince(long moment) {
        long entered = nanoTime.getAsLong();
        while (!lost && known.proven() - moment < 0) {
            long now = nanoTime.getAsLong();
            if (lastFailed - entered >= 0) {
                return false;
            }
            if (underWay == 0 || (now - lastBegun > HUNG_NANOS && underWay < MOST_READINGS)) {
                begin();
            } else {
                // One that is late already is not waited for by those who come after it.
                long remaining = patience - Math.max(now - entered, now - lastBegun);
                if (remaining <= 0 || !pause(remaining)) {
                    return false;
                }
            }
        }
        return !lost;
    }

    private synchronized void begin() {
        long since = nanoTime.getAsLong();
        lastBegun = since;
        underWay++;
        readings.execute(() -> read(since));
    }

    private void read(long since) {
        try {
            take(log.head(), since);
        } catch (RuntimeException e) {
            fail(since);
        } finally {
            end();
        }
    }

    /**
     * Both numbers only rise: if all revocations before one moment are known, and a later number has
     * been seen, then that number and the later of both moments are true together. A head that has
     * fallen is one that is read, from beginning to end, after a higher one was known.
     */
    private synchronized void take(long head, long since) {
        Known before = known;
        if (head < before.head()) {
            lost |= since - before.learned() > 0;
        } else {
            long proven = since - before.proven() > 0 ? since : before.proven();
            long learned = head > before.head() ? nanoTime.getAsLong() : before.learned();
            known = new Known(head, proven, learned);
        }
        notifyAll();
    }

    private synchronized void fail(long since) {
        if (since - lastFailed > 0) {
            lastFailed = since;
        }
    }

    private synchronized void end() {
        underWay--;
        notifyAll();
    }

    /** Called in a loop, by the one method that waits. */
    @SuppressWarnings("WaitNotInLoop")
    private boolean pause(long nanos) {
        try {
            wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What holds when no proof can be had. */
    private synchronized long beyond() {
        requireNothingLost();
        long age = nanoTime.getAsLong() - known.proven();
        if (maxExtra > 0 && age <= maxStaleness + maxExtra) {
            extended++;
            return known.head();
        }
        refused++;
        throw new ProblemException(new Problem.Unavailable(
                "revocations-unproven",
                "It cannot be proven now that no token was revoked; try again.",
                Duration.ofSeconds(1)));
    }

    private void requireNothingLost() {
        if (lost) {
            throw new ProblemException(new Problem.Unavailable(
                    "revocations-lost",
                    "The store has lost revocations, as after a restore; tokens are refused until"
                            + " an operator has ended them and started the server again.",
                    Duration.ofMinutes(1)));
        }
    }
}
