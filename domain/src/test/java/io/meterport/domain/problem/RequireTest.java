package io.meterport.domain.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequireTest {
    @Test
    void refusesWithTheCodeAndTheSentence() {
        Require.that(true, "code", "detail");
        assertThatThrownBy(() -> Require.that(false, "code", "detail"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(new Problem.Invalid("code", "detail")));
    }

    @Test
    void countsCodePointsAndNotUnits() {
        assertThat(Require.plainText("😀😀", 2, "code", "it")).isEqualTo("😀😀");
        assertThatThrownBy(() -> Require.plainText("😀😀😀", 2, "code", "it"))
                .hasMessage("code: it must not be longer than 2 characters");
    }

    @Test
    void repeatsNothingOfWhatItRefuses() {
        assertThatThrownBy(() -> Require.plainText("secret\u0007", 10, "code", "it"))
                .hasMessage("code: it must not contain control characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "00000000000000000000000000",
                "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"
            })
    void knowsUlids(String text) {
        assertThat(Require.isUlid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "81ARZ3NDEKTSV4RRFFQ69G5FAV",
                "01ARZ3NDEKTSV4RRFFQ69G5FA",
                "01ARZ3NDEKTSV4RRFFQ69G5FAVV",
                "01arz3ndektsv4rrffq69g5fav",
                "01ARZ3NDEKTSV4RRFFQ69G5FAI",
                "01ARZ3NDEKTSV4RRFFQ69G5FAL",
                "01ARZ3NDEKTSV4RRFFQ69G5FAO",
                "01ARZ3NDEKTSV4RRFFQ69G5FAU",
                "01ARZ3NDEKTSV4RRFFQ69G5FAV\n"
            })
    void knowsWhatIsNoUlid(String text) {
        assertThat(Require.isUlid(text)).isFalse();
    }
}
