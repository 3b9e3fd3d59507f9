package io.meterport.domain.usage;

import io.meterport.domain.problem.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * An SQL pattern: {@code %} is any run, {@code _} one code point, a backslash takes the next
 * character as it is. Matching takes time linear in the text, whatever the pattern.
 *
 * @param text as it was written, at most {@value Filter#MOST_PATTERN} characters
 */
public record LikePattern(String text, List<LikePiece> pieces) {
    public LikePattern {
        pieces = List.copyOf(pieces);
    }

    /** Reads a pattern, or refuses it with {@code invalid-filter}. */
    public static LikePattern of(String text) {
        Require.that(
                text.length() <= Filter.MOST_PATTERN,
                "invalid-filter",
                "a pattern has at most " + Filter.MOST_PATTERN + " characters");
        return new LikePattern(text, cut(text.codePoints().toArray()));
    }

    /** Whether the whole of {@code candidate} is like the pattern. */
    public boolean matches(String candidate) {
        int[] points = candidate.codePoints().toArray();
        if (pieces.size() == 1) {
            LikePiece only = pieces.getFirst();
            return only.length() == points.length && only.standsAt(points, 0);
        }
        LikePiece first = pieces.getFirst();
        LikePiece last = pieces.getLast();
        int end = points.length - last.length();
        if (end < first.length() || !first.standsAt(points, 0) || !last.standsAt(points, end)) {
            return false;
        }
        int from = first.length();
        for (LikePiece piece : pieces.subList(1, pieces.size() - 1)) {
            from = piece.endOfFirst(points, from, end);
            if (from < 0) {
                return false;
            }
        }
        return true;
    }

    /** The runs between percent signs; one more than there are percent signs. */
    private static List<LikePiece> cut(int[] points) {
        List<LikePiece> pieces = new ArrayList<>();
        List<Integer> piece = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            switch (points[i]) {
                case '%' -> {
                    pieces.add(LikePiece.of(piece));
                    piece.clear();
                }
                case '_' -> piece.add(LikePiece.ANY);
                case '\\' -> {
                    Require.that(
                            ++i < points.length,
                            "invalid-filter",
                            "a pattern must not end with a lone backslash");
                    piece.add(points[i]);
                }
                default -> piece.add(points[i]);
            }
        }
        pieces.add(LikePiece.of(piece));
        return pieces;
    }
}
