package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HorizonTest {
    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
    private static final Horizon HORIZON = new Horizon(NOON);

    @Test
    void isAWholeHourThatKeepsAtLeastWhatItIsToKeep() {
        Horizon keeping = Horizon.keeping(Duration.ofDays(2), NOON.plusSeconds(3_599));

        assertThat(keeping.moment()).isEqualTo(NOON.minus(Duration.ofDays(2)));
        assertThatThrownBy(() -> new Horizon(NOON.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsEverythingWhereTheTimeBeforeIsLongerThanTime() {
        assertThat(Horizon.keeping(Duration.ofDays(36_500), NOON)).isEqualTo(Horizon.NONE);
    }

    @Test
    void keepsAnEventAtItsMomentAndNoneBefore() {
        assertThat(HORIZON.isAfter(NOON)).isFalse();
        assertThat(HORIZON.isAfter(NOON.minusNanos(1))).isTrue();
    }

    @Test
    void neverFalls() {
        Horizon earlier = new Horizon(NOON.minusSeconds(3_600));

        assertThat(HORIZON.or(earlier)).isEqualTo(HORIZON);
        assertThat(earlier.or(HORIZON)).isEqualTo(HORIZON);
    }

    @Test
    void listsEventsFromItOnAndFromNoOtherMomentBefore() {
        Window since = new Window(NOON, NOON.plusSeconds(1));
        Window unbounded = new Window(Instant.EPOCH, NOON.plusSeconds(1));
        Window early = new Window(NOON.minusSeconds(1), NOON.plusSeconds(1));
        Window before = new Window(Instant.EPOCH, NOON.minusSeconds(1));

        assertThatCode(() -> HORIZON.requireListed(since)).doesNotThrowAnyException();
        assertThatCode(() -> HORIZON.requireListed(unbounded)).doesNotThrowAnyException();
        assertThatThrownBy(() -> HORIZON.requireListed(early))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("before-horizon")
                .hasMessageContaining(NOON.toString());
        assertThatThrownBy(() -> HORIZON.requireListed(before))
                .isInstanceOf(ProblemException.class);
    }
}
