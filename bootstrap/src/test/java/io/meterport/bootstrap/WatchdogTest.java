package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.application.spi.Pulse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looks are taken by hand here, 40 of them for each ten hours, so that no clock takes part. */
class WatchdogTest {
    private static final Duration LONG = Duration.ofHours(10);
    private static final int LOOKS = 40;

    private final AtomicInteger ends = new AtomicInteger();
    private Pulse pulse = new Pulse(1, Optional.empty());
    private final Watchdog watchdog = new Watchdog(() -> pulse, LONG, ends::incrementAndGet);

    @AfterEach
    void close() {
        watchdog.close();
    }

    @Threat("I24")
    @Test
    void endsWhatHasNotBeatenForAllItsTime() {
        look(LOOKS - 1);
        assertThat(ends).hasValue(0);

        look(1);

        assertThat(ends).hasValue(1);
    }

    @Threat("I24")
    @Test
    void neverEndsWhatBeatsHoweverSeldom() {
        for (int beat = 2; beat < 20; beat++) {
            look(LOOKS - 1);
            pulse = new Pulse(beat, Optional.empty());
            look(1);
        }

        assertThat(ends).hasValue(0);
        assertThat(watchdog.isDoubtful()).isFalse();
    }

    @Threat("I24")
    @Test
    void waitsSixTimesAsLongForTheDisk() {
        pulse = new Pulse(1, Optional.of(Duration.ZERO));

        look(6 * LOOKS - 1);
        assertThat(ends).hasValue(0);
        look(1);

        assertThat(ends).hasValue(1);
    }

    @Threat("I24")
    @Test
    void waitsTwiceAsLongForAServerAsThatMayTake() {
        pulse = new Pulse(1, Optional.of(LONG.multipliedBy(5)));

        look(10 * LOOKS - 1);
        assertThat(ends).hasValue(0);
        look(1);

        assertThat(ends).hasValue(1);
    }

    @Threat("I24")
    @Test
    void isInDoubtFromHalfOfTheTimeUntilTheNextBeat() {
        look(LOOKS / 2 - 1);
        assertThat(watchdog.isDoubtful()).isFalse();
        look(1);
        assertThat(watchdog.isDoubtful()).isTrue();

        pulse = new Pulse(2, Optional.empty());
        look(1);

        assertThat(watchdog.isDoubtful()).isFalse();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.look();
        }
    }
}
