package io.meterport.application.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every keeper of the highest time promises. */
public abstract class ClockMarkContract extends StorageContract {
    private static final Instant THEN = Instant.parse("2025-03-05T12:00:00.000001Z");

    @Test
    void hasSeenNoTimeAtFirst() {
        assertThat(catalog().clock().highest()).isEmpty();
    }

    @Test
    void risesAndNeverFalls() {
        catalog().clock().raise(THEN);
        catalog().clock().raise(THEN.minusSeconds(3_600));
        assertThat(catalog().clock().highest()).contains(THEN);

        catalog().clock().raise(THEN.plusNanos(1_000));
        catalog().clock().raise(THEN);
        assertThat(catalog().clock().highest()).contains(THEN.plusNanos(1_000));
    }

    @Test
    void endsAtTheHighestThoughManyRaiseItAtOnce() {
        Together.run(6, thread -> {
            for (int i = 0; i < 20; i++) {
                catalog().clock().raise(THEN.plusSeconds((i * 7L + thread * 13L) % 101));
            }
            return thread;
        });

        assertThat(catalog().clock().highest().orElseThrow())
                .isEqualTo(THEN.plusSeconds(highest()));
    }

    private static long highest() {
        long highest = 0;
        for (int thread = 0; thread < 6; thread++) {
            for (int i = 0; i < 20; i++) {
                highest = Math.max(highest, (i * 7L + thread * 13L) % 101);
            }
        }
        return highest;
    }
}
