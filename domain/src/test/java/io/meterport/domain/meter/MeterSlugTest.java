package io.meterport.domain.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterSlugTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "tokens_total",
                "a_b_c",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void hasLowerCaseWordsJoinedByUnderscores(String text) {
        assertThat(new MeterSlug(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "a-b",
                "_a",
                "a_",
                "a__b",
                "a b",
                "é",
                "a\n",
                "٣",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void isNothingElse(String text) {
        assertThat(MeterSlug.isSlug(text)).isFalse();
        assertThatThrownBy(() -> new MeterSlug(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("invalid-slug: ");
    }
}
