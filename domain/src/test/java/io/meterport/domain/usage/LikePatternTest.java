package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.meterport.domain.problem.ProblemException;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4, gpt-4, true",
        "gpt-4, gpt-4o, false",
        "gpt%, gpt-4o, true",
        "%4%, gpt-4o, true",
        "%4, gpt-4o, false",
        "%, '', true",
        "'', '', true",
        "'', a, false",
        "_, a, true",
        "_, 😀, true",
        "_, e\u0301, false",
        "__, ab, true",
        "_, '', false",
        "a_c, abc, true",
        "a%c, ac, true",
        "a%%c, abbc, true",
        "%a%b%, xxaxxbxx, true",
        "%a%b%, xxbxxaxx, false",
        "a\\%, a%, true",
        "a\\%, ab, false",
        "a\\_, a_, true",
        "a\\_, ab, false",
        "a\\\\, a\\, true",
        "\\a, a, true",
        "A, a, false",
        "é, e\u0301, false",
        "%aab, aaab, true",
        "ab%ab, ab, false",
        "[a-z], [a-z], true",
        "a.c, abc, false"
    })
    void readsPercentAndUnderscoreAndBackslash(String pattern, String text, boolean like) {
        assertThat(LikePattern.of(pattern).matches(text)).isEqualTo(like);
    }

    @Test
    void refusesALoneBackslashAndALongPattern() {
        assertThatThrownBy(() -> LikePattern.of("a\\")).isInstanceOf(ProblemException.class);
        assertThat(LikePattern.of("%".repeat(256)).matches("x")).isTrue();
        assertThatThrownBy(() -> LikePattern.of("x".repeat(257)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void takesNoLongerHoweverThePatternIsMade() {
        LikePattern nasty = LikePattern.of("%" + "a%".repeat(100) + "b");
        LikePattern lengthy = LikePattern.of("%" + "a".repeat(200) + "b%");
        String text = "a".repeat(60_000);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(nasty.matches(text)).isFalse();
            assertThat(lengthy.matches(text)).isFalse();
        });
    }

    @Property(tries = 3_000)
    void agreesWithTheNaiveMatcher(
            @ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(LikePattern.of(pattern).matches(text))
                .isEqualTo(naive(
                        pattern.codePoints().toArray(), 0, text.codePoints().toArray(), 0));
    }

    @Property(tries = 300)
    void findsALongPieceWhereverItStands(
            @ForAll("longTexts") String piece, @ForAll("longTexts") String before) {
        LikePattern pattern = LikePattern.of("%" + piece + "%x");

        assertThat(pattern.matches(before + piece + "yx")).isTrue();
        assertThat(pattern.matches(before + piece.substring(1) + "yx"))
                .isEqualTo((before + piece.substring(1) + "y").contains(piece));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("%", "_", "\\%", "\\_", "\\\\", "\\a", "a", "b", "😀", "%")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "😀", "%", "_", "\\")
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> longTexts() {
        return Arbitraries.of("a", "a", "a", "b")
                .list()
                .ofMinSize(60)
                .ofMaxSize(140)
                .map(parts -> String.join("", parts));
    }

    private static boolean naive(int[] pattern, int p, int[] text, int t) {
        if (p == pattern.length) {
            return t == text.length;
        }
        if (pattern[p] == '%') {
            for (int from = t; from <= text.length; from++) {
                if (naive(pattern, p + 1, text, from)) {
                    return true;
                }
            }
            return false;
        }
        if (t == text.length) {
            return false;
        }
        if (pattern[p] == '_') {
            return naive(pattern, p + 1, text, t + 1);
        }
        int literal = pattern[p] == '\\' ? p + 1 : p;
        return pattern[literal] == text[t] && naive(pattern, literal + 1, text, t + 1);
    }
}
