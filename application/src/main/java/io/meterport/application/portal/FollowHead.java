package io.meterport.application.portal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads the head now and then, and at once when a hint says that it has moved; however many hints
 * come and whatever they say, not more often than {@value #MOST_A_SECOND} times a second. One thread
 * runs it; hints may come from any.
 */
public final class FollowHead {
    /** How long a revocation without a hint goes unnoticed. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    static final int MOST_A_SECOND = 50;

    private final KnownHead head;
    private final Semaphore hints = new Semaphore(0);
    private volatile boolean stopped;

    public FollowHead(KnownHead head) {
        this.head = head;
    }

    /**
     * Another node says that this is the head; neither blocks nor fails. What it says is not
     * believed: a number that is not known yet makes this node ask the store.
     */
    public void hinted(long announced) {
        if (announced > head.last() && hints.availablePermits() == 0) {
            hints.release();
        }
    }

    /**
     * Goes on until {@link #stop}.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void run() throws InterruptedException {
        while (!stopped) {
            head.poll();
            Thread.sleep(Duration.ofSeconds(1).dividedBy(MOST_A_SECOND));
            // All hints so far are answered by one reading.
            if (hints.tryAcquire(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                hints.drainPermits();
            }
        }
    }

    /** Ends it soon. */
    public void stop() {
        stopped = true;
        hints.release();
    }
}
