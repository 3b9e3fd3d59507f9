package io.meterport.adapters.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureTest {
    /** Else every slow question would close the connections of all others. */
    @Test
    void aQuestionThatWasStoppedBetweenItsStatementsSaysNothingAboutTheFile() {
        Failure failure = Failure.of(Failure.timeout(new SQLException("stopped at its deadline")));

        assertThat(failure).isEqualTo(Failure.NONE);
        assertThat(failure.breaksConnections()).isFalse();
    }

    @Test
    void whatNobodyKnowsBreaksTheConnections() {
        assertThat(Failure.of(new IllegalStateException(new SQLException("?"))).breaksConnections())
                .isTrue();
    }
}
