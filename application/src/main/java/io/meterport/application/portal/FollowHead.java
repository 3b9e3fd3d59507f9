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
    /** No two readings are begun closer together. */
    private static final Duration LEAST = Duration.ofSeconds(1).dividedBy(MOST_A_SECOND);
    /** After so many without an answer the pause is no shorter than ever. */
    private static final int MOST_DOUBLINGS = 6;

    private final KnownHead head;
    private final Duration pause;
    private final Semaphore hints = new Semaphore(0);
    private volatile boolean stopped;

    public FollowHead(KnownHead head) {
        this(head, PAUSE);
    }

    /** As that, with another pause between readings that nobody asked for. */
    FollowHead(KnownHead head, Duration pause) {
        this.head = head;
        this.pause = pause;
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
     * Goes on until {@link #stop}. A reading that gives no answer, or could not even be begun since an
     * older one goes on, may have been for a hint, so it is made again soon, each time later.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void run() throws InterruptedException {
        int unanswered = 0;
        while (!stopped) {
            unanswered = head.poll() ? 0 : unanswered + 1;
            Thread.sleep(LEAST);
            // All hints so far are answered by one reading.
            if (hints.tryAcquire(patience(unanswered).toNanos(), TimeUnit.NANOSECONDS)) {
                hints.drainPermits();
                unanswered = 0;
            }
        }
    }

    /** Ends it soon. */
    public void stop() {
        stopped = true;
        hints.release();
    }

    private Duration patience(int unanswered) {
        if (unanswered == 0) {
            return pause;
        }
        Duration soon = LEAST.multipliedBy(1L << Math.min(unanswered, MOST_DOUBLINGS));
        return soon.compareTo(PAUSE) < 0 ? soon : PAUSE;
    }
}
