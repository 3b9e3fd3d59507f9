package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant NOON = Instant.parse("2025-03-05T12:00:00Z");

    @Test
    void holdsItsStartAndNotItsEnd() {
        Window window = minutes(0, 1);

        assertThat(window.contains(NOON)).isTrue();
        assertThat(window.contains(NOON.minusNanos(1))).isFalse();
        assertThat(window.contains(NOON.plusSeconds(60).minusNanos(1))).isTrue();
        assertThat(window.contains(NOON.plusSeconds(60))).isFalse();
    }

    @Test
    void mayBeEmptyButNotBackwards() {
        assertThat(minutes(1, 1).isEmpty()).isTrue();
        assertThat(minutes(1, 1).contains(NOON.plusSeconds(60))).isFalse();
        assertThatThrownBy(() -> minutes(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasInCommonWithAnotherWhatLiesInBoth() {
        assertThat(minutes(0, 10).and(minutes(5, 20))).isEqualTo(minutes(5, 10));
        assertThat(minutes(0, 10).and(minutes(2, 3))).isEqualTo(minutes(2, 3));
        assertThat(minutes(0, 10).and(minutes(10, 20)).isEmpty()).isTrue();
        assertThat(minutes(0, 10).and(minutes(15, 20)).isEmpty()).isTrue();
        assertThat(minutes(15, 20).and(minutes(0, 10)).isEmpty()).isTrue();
    }

    private static Window minutes(int from, int to) {
        return new Window(NOON.plusSeconds(60L * from), NOON.plusSeconds(60L * to));
    }
}
