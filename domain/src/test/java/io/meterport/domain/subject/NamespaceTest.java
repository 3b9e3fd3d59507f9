package io.meterport.domain.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {
    @Test
    void theDefaultIsThereBeforeAnyOtherNamespace() {
        assertThat(Namespace.DEFAULT.name()).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "team-1", "a_b-c", "0"})
    void takesLowerCaseWordsJoinedByDashesOrUnderscores(String name) {
        assertThat(new Namespace(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", "a-", "a--b", "a b", "é", "a/b"})
    void refusesEverythingElse(String name) {
        assertThatThrownBy(() -> new Namespace(name)).isInstanceOf(ProblemException.class);
    }
}
