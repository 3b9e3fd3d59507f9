package io.meterport.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import org.junit.jupiter.api.Test;

class EventTypeTest {
    @Test
    void comparesCharacterByCharacter() {
        assertThat(new EventType("request")).isNotEqualTo(new EventType("Request"));
        assertThat(new EventType("é")).isNotEqualTo(new EventType("e\u0301"));
        assertThat(new EventType("x")).hasToString("x");
    }

    @Test
    void hasOneTo256Characters() {
        assertThat(new EventType("t".repeat(256)).value()).hasSize(256);
        assertThatThrownBy(() -> new EventType("t".repeat(257)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new EventType("")).isInstanceOf(ProblemException.class);
    }
}
