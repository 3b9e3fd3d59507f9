package io.meterport.adapters.postgres.server;

import io.meterport.domain.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/** Does chores in a thread of its own, while no other node does one. */
public final class Chores implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Chores.class.getName());
    private static final long LOCK = 0x6d65746572636872L;
    /** Between steps while there is more to do, so that requests have the server to themselves. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private final Transactions transactions;
    private final List<Chore> chores;
    private final Duration pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Begins.
     *
     * @param pause how long to wait when nothing is left to do
     */
    public Chores(Transactions transactions, List<Chore> chores, Duration pause) {
        this.transactions = transactions;
        this.chores = List.copyOf(chores);
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("postgres-chores").start(this::serve);
    }

    /** Waits for the end of the step that is under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        boolean more = true;
        while (!isClosing(more ? BREATH : pause)) {
            more = false;
            for (Chore chore : chores) {
                more |= step(chore);
            }
        }
    }

    private boolean isClosing(Duration within) {
        try {
            return closing.await(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private boolean step(Chore chore) {
        try {
            return transactions.write(handle -> isAlone(handle) && chore.step(handle));
        } catch (ProblemException e) {
            return false; // The storage is unavailable or busy, which it has said itself.
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a chore failed", e);
            return false;
        }
    }

    private static boolean isAlone(Handle handle) {
        return handle.createQuery("select pg_try_advisory_xact_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(boolean.class)
                .one();
    }
}
