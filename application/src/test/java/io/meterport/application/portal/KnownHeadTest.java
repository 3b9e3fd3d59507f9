package io.meterport.application.portal;

import static io.meterport.application.Refusals.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meterport.application.TestTime;
import io.meterport.application.Threat;
import io.meterport.application.spi.RevocationLog;
import io.meterport.application.spi.Samples;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnownHeadTest {
    private static final Duration STALENESS = Duration.ofSeconds(5);
    private static final Duration EXTRA = Duration.ofSeconds(60);
    private static final Duration INSTANT = Duration.ofNanos(1);

    private final TestTime time = new TestTime(Samples.NOON);
    private final Log log = new Log();

    @Test
    void readsTheStoreBeforeTheFirstDecision() {
        log.head = 7;
        KnownHead head = closed();

        assertThat(head.current()).isEqualTo(7);
        assertThat(log.readings.get()).isEqualTo(1);
    }

    @Test
    void decidesFromOneProofForAsLongAsIsAllowedAndNoLonger() {
        KnownHead head = closed();
        head.current();

        time.pass(STALENESS);
        head.current();
        int within = log.readings.get();
        time.pass(INSTANT);
        head.current();

        assertThat(within).isEqualTo(1);
        assertThat(log.readings.get()).isEqualTo(2);
    }

    @Test
    void provesAnewForEachDecisionIfNothingMayBeOld() {
        KnownHead head = head(new Freshness(Duration.ZERO, Optional.empty()), Runnable::run);

        for (int number = 1; number <= 3; number++) {
            log.head = number;
            time.pass(INSTANT);
            assertThat(head.current()).isEqualTo(number);
        }
    }

    @Test
    void proofUsesMonotonicClock() {
        KnownHead head = closed();
        head.current();
        log.isDown = true;

        time.pass(STALENESS.plus(INSTANT));
        time.set(Samples.NOON.minus(Duration.ofDays(365)));

        assertThat(codeOf(head::current)).isEqualTo("revocations-unproven");
    }

    @Test
    void aProofIsAsOldAsTheBeginningOfItsReading() {
        KnownHead head = closed();
        log.takes = Duration.ofSeconds(4);
        head.poll();

        time.pass(Duration.ofSeconds(1).plus(INSTANT));
        log.takes = Duration.ZERO;
        log.isDown = true;

        assertThat(codeOf(head::current)).isEqualTo("revocations-unproven");
    }

    @Test
    @Threat("I2")
    void sqlDownClosed() {
        KnownHead head = closed();
        head.current();
        log.isDown = true;

        time.pass(STALENESS);
        assertThatCode(head::current).doesNotThrowAnyException();
        time.pass(INSTANT);

        assertThat(codeOf(head::current)).isEqualTo("revocations-unproven");
        assertThat(head.refused()).isEqualTo(1);
        log.isDown = false;
        time.pass(INSTANT);
        assertThatCode(head::current).doesNotThrowAnyException();
    }

    @Test
    void boundedMode() {
        KnownHead head = head(new Freshness(STALENESS, Optional.of(EXTRA)), Runnable::run);
        head.current();
        log.isDown = true;

        time.pass(STALENESS.plus(EXTRA));
        assertThat(head.current()).isZero();
        time.pass(INSTANT);

        assertThat(codeOf(head::current)).isEqualTo("revocations-unproven");
        assertThat(head.extended()).isEqualTo(1);
    }

    @Test
    void knowsNothingBeforeItHasReadAnythingWhateverIsAllowed() {
        KnownHead head = head(new Freshness(STALENESS, Optional.of(EXTRA)), Runnable::run);
        log.isDown = true;

        assertThat(codeOf(head::current)).isEqualTo("revocations-unproven");
    }

    @Test
    void aHeadThatFallsEndsAllDecisionsForGood() {
        log.head = 9;
        KnownHead head = closed();
        head.current();
        time.pass(Duration.ofSeconds(1));

        log.head = 8;
        head.poll();
        log.head = 10;
        time.pass(Duration.ofSeconds(1));
        head.poll();

        assertThat(codeOf(head::current)).isEqualTo("revocations-lost");
        assertThat(head.isLost()).isTrue();
    }

    @Test
    void aReadingThatWasOvertakenIsNoFall() {
        KnownHead head = closed();
        head.current();
        time.pass(Duration.ofSeconds(1));
        long before = head.mark();

        time.pass(Duration.ofSeconds(1));
        head.learn(3, head.mark());
        head.learn(2, before);

        assertThat(head.current()).isEqualTo(3);
    }

    @Test
    void aVerdictFromAStoreThatLostRevocationsIsRefused() {
        log.head = 9;
        KnownHead head = closed();
        head.current();

        time.pass(INSTANT);

        assertThat(codeOf(() -> head.learn(4, head.mark()))).isEqualTo("revocations-lost");
    }

    @Test
    void anOwnRevocationIsKnownAtOnceWithoutAReading() {
        KnownHead head = closed();
        head.current();
        int readings = log.readings.get();

        head.learn(1, head.mark());

        assertThat(head.current()).isEqualTo(1);
        assertThat(log.readings.get()).isEqualTo(readings);
    }

    @Test
    void allWhoWaitShareOneReading() throws InterruptedException {
        List<Runnable> begun = new ArrayList<>();
        CountDownLatch one = new CountDownLatch(1);
        KnownHead head = new KnownHead(
                log,
                Freshness.DEFAULT,
                time::nanoTime,
                reading -> {
                    begun.add(reading);
                    one.countDown();
                },
                Duration.ofMinutes(1));
        List<Thread> those = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            those.add(Thread.ofVirtual().start(head::current));
        }
        one.await();

        begun.removeFirst().run();
        for (Thread each : those) {
            each.join();
        }

        assertThat(begun).isEmpty();
        assertThat(log.readings.get()).isEqualTo(1);
    }

    @Test
    @Threat("I3")
    void aReadingThatHangsHoldsNobodyUpAndAnotherIsBegunBesideIt() {
        List<Runnable> begun = new ArrayList<>();
        KnownHead head =
                new KnownHead(log, Freshness.DEFAULT, time::nanoTime, begun::add, Duration.ZERO);

        for (int second = 0; second < 20; second++) {
            assertThat(codeOf(head::current)).isEqualTo("revocations-unproven");
            time.pass(Duration.ofSeconds(1).plus(INSTANT));
        }
        int most = begun.size();
        begun.getLast().run();

        assertThat(most).isEqualTo(4);
        assertThat(head.last()).isZero();
    }

    private KnownHead closed() {
        return head(Freshness.DEFAULT, Runnable::run);
    }

    private KnownHead head(Freshness freshness, Executor readings) {
        return new KnownHead(log, freshness, time::nanoTime, readings, KnownHead.PATIENCE);
    }

    /** A head that a test sets. */
    private final class Log implements RevocationLog {
        private final AtomicInteger readings = new AtomicInteger();
        private long head;
        private boolean isDown;
        private Duration takes = Duration.ZERO;

        @Override
        public long revoke(
                Namespace namespace,
                Revocation revocation,
                String actor,
                Instant at,
                Duration longestLife) {
            return ++head;
        }

        @Override
        public long head() {
            readings.incrementAndGet();
            time.pass(takes);
            if (isDown) {
                throw new ProblemException(new Problem.Unavailable(
                        "storage-unavailable", "away", Duration.ofSeconds(1)));
            }
            return head;
        }

        @Override
        public boolean isShared() {
            return true;
        }
    }
}
