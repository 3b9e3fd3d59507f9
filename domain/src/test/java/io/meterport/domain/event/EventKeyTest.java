package io.meterport.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventKeyTest {
    @Test
    void tellsSourceAndIdApartWhereverTheyAreCut() {
        assertThat(new EventKey("a-b", "c")).isNotEqualTo(new EventKey("a", "b-c"));
        assertThat(new EventKey("a", "b")).isEqualTo(new EventKey("a", "b"));
    }

    @Test
    void takesTheLongestAndNotLonger() {
        assertThat(new EventKey("s".repeat(1_024), "😀".repeat(256)).source()).hasSize(1_024);
        assertThatThrownBy(() -> new EventKey("s".repeat(1_025), "i"))
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-event: source must not be longer than 1024 characters");
        assertThatThrownBy(() -> new EventKey("s", "😀".repeat(257)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-event: id must not be longer than 256 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u2003",
                "a\u0000",
                "a\nb",
                "a\u001b[0m",
                "\ud800",
                "a\udc00",
                "\u0085x"
            })
    void refusesBlanksControlCharactersAndHalfPairs(String text) {
        assertThatThrownBy(() -> new EventKey("s", text))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("invalid-event: id must not ");
        assertThatThrownBy(() -> new EventKey(text, "i"))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("invalid-event: source must not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "a%zz", "%%20", "100%"})
    void refusesASourceWithABrokenEscape(String source) {
        assertThatThrownBy(() -> new EventKey(source, "i")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"urn:uuid:1", "https://example.com/a%20b?c#d", "//x", "x y", "ä", "%C3%a4"})
    void takesUriReferencesAndPlainNames(String source) {
        assertThat(new EventKey(source, "i").source()).isEqualTo(source);
    }
}
