package io.meterport.application.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.spi.RevocationLog;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One that never looks by itself, and whose readings end when the test says so. */
class FollowHeadTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int PATIENCE = 30;

    private final Log log = new Log();
    private final Semaphore looks = new Semaphore(0);
    private Thread thread = new Thread();

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void aHintMakesItReadAtOnce() throws InterruptedException {
        FollowHead follow = begun(Duration.ofSeconds(PATIENCE));
        awaits(log.begun, "the first reading");
        log.answers.release();
        awaits(log.ended, "the first answer");

        follow.hinted(1);

        awaits(log.begun, "a reading for the hint");
    }

    @Test
    void aHintThatFindsAReadingUnderWayIsAnsweredByTheNextOne() throws InterruptedException {
        FollowHead follow = begun(Duration.ZERO);
        awaits(log.begun, "a reading that does not know of the revocation");
        looks.drainPermits();
        follow.hinted(1);
        // One may belong to the look that began the reading.
        awaits(looks, "the clock is read");
        awaits(looks, "the clock is read by a look that finds the reading under way");

        log.answers.release();

        awaits(log.begun, "a reading that knows of it");
    }

    /** One that goes on, and waits so long for a reading. */
    private FollowHead begun(Duration patience) {
        KnownHead head = new KnownHead(
                log,
                Freshness.DEFAULT,
                () -> {
                    looks.release();
                    return System.nanoTime();
                },
                reading -> Thread.ofVirtual().start(reading),
                patience);
        FollowHead follow = new FollowHead(head, NEVER);
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                follow.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return follow;
    }

    private static void awaits(Semaphore what, String name) throws InterruptedException {
        assertThat(what.tryAcquire(PATIENCE, TimeUnit.SECONDS)).as(name).isTrue();
    }

    /** Says when it is asked, and answers when it may. */
    private static final class Log implements RevocationLog {
        private final Semaphore begun = new Semaphore(0);
        private final Semaphore answers = new Semaphore(0);
        private final Semaphore ended = new Semaphore(0);

        @Override
        public long revoke(
                Namespace namespace,
                Revocation revocation,
                String actor,
                Instant at,
                Duration longestLife) {
            throw new IllegalStateException("nobody revokes here");
        }

        @Override
        public long head() {
            begun.release();
            answers.acquireUninterruptibly();
            ended.release();
            return 0;
        }

        @Override
        public boolean isShared() {
            return true;
        }
    }
}
