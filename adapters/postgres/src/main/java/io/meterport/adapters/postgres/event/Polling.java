package io.meterport.adapters.postgres.event;

import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks again and again, in a thread of its own, until it is closed. */
final class Polling implements AutoCloseable {
    private final Runnable look;
    private final Duration pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    Polling(Runnable look, Duration pause) {
        this.look = look;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("postgres-polling").start(this::run);
    }

    /** Waits for the end of the look that is under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosing()) {
            try {
                look.run();
            } catch (ProblemException e) {
                // The storage is unavailable or busy, which it has said itself: later once more.
            }
        }
    }

    private boolean isClosing() {
        try {
            return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
