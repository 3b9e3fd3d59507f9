package io.meterport.domain.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectKeyTest {
    @Test
    void isTakenAsItIs() {
        assertThat(new SubjectKey(" a ").value()).isEqualTo(" a ");
        assertThat(new SubjectKey("é")).isNotEqualTo(new SubjectKey("e\u0301"));
        assertThat(new SubjectKey("a")).isNotEqualTo(new SubjectKey("A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t", "a\r\nb", "\ud83d", "\u0000"})
    void refusesBlanksControlCharactersAndHalfPairs(String text) {
        assertThatThrownBy(() -> new SubjectKey(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void hasAtMost1024Characters() {
        assertThat(new SubjectKey("😀".repeat(1_024)).value()).hasSize(2_048);
        assertThatThrownBy(() -> new SubjectKey("x".repeat(1_025)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void isOrderedByCodePoints() {
        assertThat(Stream.of("😀", "\uffee", "b", "ab", "a", "B")
                        .map(SubjectKey::new)
                        .sorted())
                .extracting(SubjectKey::value)
                .containsExactly("B", "a", "ab", "b", "\uffee", "😀");
    }

    @Property(tries = 500)
    void theOrderIsThatOfTheBytes(@ForAll("texts") String a, @ForAll("texts") String b) {
        int bytes = Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

        assertThat(Integer.signum(CodePoints.compare(a, b))).isEqualTo(Integer.signum(bytes));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        0x00, 0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000,
                        0x10401, 0x10ffff)
                .list()
                .ofMaxSize(4)
                .map(points -> points.stream()
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString());
    }
}
