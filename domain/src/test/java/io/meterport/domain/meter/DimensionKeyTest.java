package io.meterport.domain.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "A9_z", "subject_id", "Subject", "windowStart"})
    void isAnIdentifier(String text) {
        assertThat(new DimensionKey(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9a", "a-b", "a.b", "é", "a b", "$a", "a\n"})
    void isNothingElse(String text) {
        assertThat(DimensionKey.hasForm(text)).isFalse();
        assertThatThrownBy(() -> new DimensionKey(text)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject",
                "customer_id",
                "value",
                "window_start",
                "window_end",
                "windowstart",
                "windowend"
            })
    void isNoNameThatAnswersUseForThemselves(String text) {
        assertThatThrownBy(() -> new DimensionKey(text))
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-dimension: the dimension name " + text + " is reserved");
    }

    @Test
    void hasAtMost63Characters() {
        assertThat(new DimensionKey("k".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> new DimensionKey("k".repeat(64)))
                .isInstanceOf(ProblemException.class);
    }
}
