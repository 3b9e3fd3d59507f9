package io.meterport.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.problem.ProblemException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterTest {
    @Test
    void comparesTextsAsTheyAre() {
        assertThat(Filter.eq("a").matches("a")).isTrue();
        assertThat(Filter.eq("a").matches("A")).isFalse();
        assertThat(Filter.eq("").matches("")).isTrue();
        assertThat(new Filter.In(Set.of("a", "b")).matches("b")).isTrue();
        assertThat(new Filter.In(Set.of()).matches("")).isFalse();
        assertThat(new Filter.Any().matches("")).isTrue();
    }

    @Test
    void comparesOrderByCodePointsAndNotByNumber() {
        assertThat(new Filter.Less("9").matches("10")).isTrue();
        assertThat(new Filter.Greater("9").matches("10")).isFalse();
        assertThat(new Filter.Less("a").matches("a")).isFalse();
        assertThat(new Filter.Greater("a").matches("a")).isFalse();
        assertThat(new Filter.Greater("").matches("a")).isTrue();
        assertThat(new Filter.Less("a").matches("")).isTrue();
        assertThat(new Filter.Greater("\uffee").matches("😀")).isTrue();
        assertThat(new Filter.Less("a").matches("Z")).isTrue();
    }

    @Test
    void foldsLetterCaseOnBothSides() {
        assertThat(Filter.ilike("GPT%").matches("gpt-4")).isTrue();
        assertThat(Filter.ilike("gpt%").matches("GPT-4")).isTrue();
        assertThat(Filter.ilike("ÉT_").matches("étÉ")).isTrue();
        assertThat(Filter.ilike("i").matches("I")).isTrue();
        assertThat(Filter.ilike("A\\%").matches("a%")).isTrue();
        assertThat(Filter.ilike("A\\%").matches("ab")).isFalse();
        assertThat(Filter.like("GPT%").matches("gpt-4")).isFalse();
    }

    @Test
    void joinsConditions() {
        Filter between = new Filter.And(List.of(new Filter.Greater("a"), new Filter.Less("c")));
        Filter outside = new Filter.Or(List.of(new Filter.Less("b"), new Filter.Greater("b")));

        assertThat(between.matches("b")).isTrue();
        assertThat(between.matches("c")).isFalse();
        assertThat(outside.matches("a")).isTrue();
        assertThat(outside.matches("b")).isFalse();
        assertThat(new Filter.Not(between).matches("c")).isTrue();
    }

    @Test
    void restrictsNothingWhereNothingIsJoined() {
        assertThat(new Filter.And(List.of()).matches("x")).isTrue();
        assertThat(new Filter.Or(List.of()).matches("x")).isTrue();
    }

    @Test
    void matchesAMissingValueUnlessItIsRuledOut() {
        assertThat(new Filter.Not(Filter.eq("x")).matches("")).isTrue();
        assertThat(new Filter.Not(Filter.like("a%")).matches("")).isTrue();
        assertThat(Filter.like("_%").matches("")).isFalse();
    }

    @Test
    void nestsAtMostEightDeep() {
        assertThat(nested(8).withinLimits().matches("a")).isTrue();
        assertThatThrownBy(() -> nested(9).withinLimits())
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-filter: a filter nests at most 8 deep");
    }

    @Test
    void hasAtMostAHundredOperands() {
        Set<String> hundred =
                IntStream.range(0, 100).mapToObj(String::valueOf).collect(Collectors.toSet());

        assertThat(new Filter.In(hundred).withinLimits().matches("7")).isTrue();
        assertThatThrownBy(() -> new Filter.And(List.of(new Filter.In(hundred), Filter.eq("x")))
                        .withinLimits())
                .isInstanceOf(ProblemException.class)
                .hasMessage("invalid-filter: a filter has at most 100 operands");
        assertThatThrownBy(() -> new Filter.Or(Collections.nCopies(101, new Filter.Less("x")))
                        .withinLimits())
                .isInstanceOf(ProblemException.class);
    }

    private static Filter nested(int depth) {
        Filter filter = Filter.eq("a");
        for (int i = 0; i < depth; i++) {
            filter = i % 2 == 0 ? new Filter.And(List.of(filter)) : new Filter.Or(List.of(filter));
        }
        return filter;
    }
}
