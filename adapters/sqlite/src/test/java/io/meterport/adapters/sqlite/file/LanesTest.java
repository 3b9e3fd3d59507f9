package io.meterport.adapters.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
    private final Lanes lanes = new Lanes();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesWhatIsPutAfterTheEnd(boolean isUrgent) {
        lanes.close();

        assertThatThrownBy(() -> lanes.put(new Named("late"), isUrgent))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem())
                                .isInstanceOf(Problem.Unavailable.class)
                                .extracting(Problem::code)
                                .isEqualTo("overloaded"));
        assertThat(lanes.take(0)).isEmpty();
    }

    @Test
    void isDoneOnlyWhenWhatWasPutBeforeTheEndIsTaken() {
        Work before = new Named("before");
        lanes.put(before, false);

        lanes.close();

        assertThat(lanes.isDone()).isFalse();
        assertThat(lanes.take(0)).containsExactly(before);
        assertThat(lanes.isDone()).isTrue();
    }

    @Test
    void takesBackTheRestOfAWorkEvenAfterTheEnd() {
        Work rest = new Named("rest");
        lanes.close();

        lanes.putBack(rest);

        assertThat(lanes.isDone()).isFalse();
        assertThat(lanes.take(0)).containsExactly(rest);
    }

    private record Named(String name) implements Work {
        @Override
        public void run(Session session) {}

        @Override
        public void committed() {}

        @Override
        public void failed(RuntimeException why) {}
    }
}
