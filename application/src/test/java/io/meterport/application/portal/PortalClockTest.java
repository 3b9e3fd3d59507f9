package io.meterport.application.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.TestTime;
import io.meterport.application.spi.ClockMark;
import io.meterport.application.spi.MemoryStorage;
import io.meterport.application.spi.Samples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PortalClockTest {
    private final TestTime time = new TestTime(Samples.NOON);
    private final ClockMark kept = new MemoryStorage(time).clock();

    @Test
    void goesWithTheWallClock() {
        PortalClock clock = started();

        time.pass(Duration.ofHours(3));

        assertThat(clock.instant()).isEqualTo(Samples.NOON.plus(Duration.ofHours(3)));
    }

    @Test
    void doesNotGoBackWhenTheWallClockDoes() {
        PortalClock clock = started();
        time.pass(Duration.ofHours(3));
        clock.instant();

        time.set(Samples.NOON);

        assertThat(clock.instant()).isEqualTo(Samples.NOON.plus(Duration.ofHours(3)));
    }

    @Test
    void remembersAcrossARestart() {
        PortalClock before = started();
        time.pass(Duration.ofMinutes(3));
        before.keep();

        time.set(Samples.NOON.minus(Duration.ofHours(1)));
        PortalClock after = started();

        assertThat(after.instant()).isEqualTo(Samples.NOON.plus(Duration.ofMinutes(3)));
        assertThat(after.isBehind()).isTrue();
    }

    @Test
    void isCautiousWithAClockThatIsFarAheadOrBehind() {
        PortalClock clock = started();
        Instant right = time.instant();

        time.set(right.plus(Duration.ofDays(3_650)));
        assertThat(clock.cautious()).isEqualTo(right.plus(PortalClock.SLACK));
        time.set(right.minus(Duration.ofDays(1)));
        assertThat(clock.cautious()).isEqualTo(right.minus(Duration.ofDays(1)));
    }

    @Test
    void aClockSetWronglyAheadHurtsLittleLongerThanItIsWrong() {
        PortalClock clock = started();
        Instant right = time.instant();

        time.set(right.plus(Duration.ofDays(3_650)));
        Instant wrong = clock.instant();
        clock.keep();
        time.set(right);

        assertThat(wrong).isAfter(right.plus(Duration.ofDays(3_649)));
        assertThat(clock.instant()).isEqualTo(right.plus(PortalClock.SLACK));
    }

    @Test
    void isNotBehindWithinTheTolerance() {
        PortalClock clock = started();
        clock.keep();

        time.set(Samples.NOON.minus(PortalClock.TOLERANCE));
        boolean within = clock.isBehind();
        time.set(Samples.NOON.minus(PortalClock.TOLERANCE).minusMillis(1));

        assertThat(within).isFalse();
        assertThat(clock.isBehind()).isTrue();
    }

    @Test
    void anotherNodeThatIsFarAheadIsFeltByTheNextStartAndByNobodyBefore() {
        PortalClock running = started();
        running.keep();
        TestTime wrong = new TestTime(Samples.NOON.plus(Duration.ofHours(1)));
        PortalClock ahead = new PortalClock(wrong, wrong::nanoTime, kept);

        ahead.keep();

        assertThat(running.isBehind()).isFalse();
        assertThat(started().isBehind()).isTrue();
    }

    private PortalClock started() {
        return new PortalClock(time, time::nanoTime, kept);
    }
}
