package io.meterport.domain.usage;

import io.meterport.domain.problem.Require;
import io.meterport.domain.subject.CodePoints;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A condition on a text, such as the value of a dimension, where {@code ""} stands for a missing
 * one. Texts are compared by code points; letter case is folded by {@code toLowerCase(ROOT)}.
 */
public sealed interface Filter {
    /** The longest pattern, in characters. */
    int MOST_PATTERN = 256;
    /** The deepest nesting of {@code $and} and {@code $or}. */
    int MOST_DEPTH = 8;
    /** The most operands of one filter, lists included. */
    int MOST_OPERANDS = 100;

    /** Whether {@code text} meets the condition. */
    boolean matches(String text);

    /** No condition. */
    record Any() implements Filter {
        @Override
        public boolean matches(String text) {
            return true;
        }
    }

    /** One of these texts. */
    record In(Set<String> texts) implements Filter {
        public In {
            texts = Set.copyOf(texts);
        }

        @Override
        public boolean matches(String text) {
            return texts.contains(text);
        }
    }

    /** Like a pattern, as {@link LikePattern} reads it. */
    record Like(LikePattern pattern) implements Filter {
        @Override
        public boolean matches(String text) {
            return pattern.matches(text);
        }
    }

    /** Like a pattern in which letter case does not matter; made by {@link #ilike}. */
    record LikeIgnoringCase(LikePattern lowerCase) implements Filter {
        @Override
        public boolean matches(String text) {
            return lowerCase.matches(text.toLowerCase(Locale.ROOT));
        }
    }

    /** Before that text. */
    record Less(String bound) implements Filter {
        @Override
        public boolean matches(String text) {
            return CodePoints.compare(text, bound) < 0;
        }
    }

    /** After that text. */
    record Greater(String bound) implements Filter {
        @Override
        public boolean matches(String text) {
            return CodePoints.compare(text, bound) > 0;
        }
    }

    /** Not that. */
    record Not(Filter filter) implements Filter {
        @Override
        public boolean matches(String text) {
            return !filter.matches(text);
        }
    }

    /** All of these; no restriction if there are none. */
    record And(List<Filter> filters) implements Filter {
        public And {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(String text) {
            return filters.stream().allMatch(filter -> filter.matches(text));
        }
    }

    /** Any of these; no restriction if there are none. */
    record Or(List<Filter> filters) implements Filter {
        public Or {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(String text) {
            return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(text));
        }
    }

    /** Equal to that text. */
    static Filter eq(String text) {
        return new In(Set.of(text));
    }

    /** Like the pattern. */
    static Filter like(String pattern) {
        return new Like(LikePattern.of(pattern));
    }

    /** Like the pattern, whatever the letter case. */
    static Filter ilike(String pattern) {
        return new LikeIgnoringCase(LikePattern.of(pattern.toLowerCase(Locale.ROOT)));
    }

    /** This filter, if it keeps the limits on depth and operands; else {@code invalid-filter}. */
    default Filter withinLimits() {
        Require.that(
                depth() <= MOST_DEPTH,
                "invalid-filter",
                "a filter nests at most " + MOST_DEPTH + " deep");
        Require.that(
                operands() <= MOST_OPERANDS,
                "invalid-filter",
                "a filter has at most " + MOST_OPERANDS + " operands");
        return this;
    }

    private int depth() {
        return switch (this) {
            case And(List<Filter> parts) ->
                1 + parts.stream().mapToInt(Filter::depth).max().orElse(0);
            case Or(List<Filter> parts) ->
                1 + parts.stream().mapToInt(Filter::depth).max().orElse(0);
            case Not(Filter part) -> part.depth();
            case Any ignored -> 0;
            case In ignored -> 0;
            case Like ignored -> 0;
            case LikeIgnoringCase ignored -> 0;
            case Less ignored -> 0;
            case Greater ignored -> 0;
        };
    }

    private int operands() {
        return switch (this) {
            case And(List<Filter> parts) ->
                parts.stream().mapToInt(Filter::operands).sum();
            case Or(List<Filter> parts) ->
                parts.stream().mapToInt(Filter::operands).sum();
            case Not(Filter part) -> part.operands();
            case In(Set<String> texts) -> texts.size();
            case Any ignored -> 0;
            case Like ignored -> 1;
            case LikeIgnoringCase ignored -> 1;
            case Less ignored -> 1;
            case Greater ignored -> 1;
        };
    }
}
