package io.meterport.domain.problem;

import java.util.regex.Pattern;

/** The few checks that value types share; each failure is a {@link Problem.Invalid}. */
public final class Require {
    private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    private Require() {}

    /** Refuses with {@code code} and {@code detail} unless the condition holds. */
    public static void that(boolean condition, String code, String detail) {
        if (!condition) {
            throw invalid(code, detail);
        }
    }

    /**
     * Returns {@code text} if it has 1 to {@code most} characters (code points), is not blank, and
     * holds neither control characters nor half surrogate pairs.
     */
    public static String plainText(String text, int most, String code, String what) {
        // Sentences are made for what is refused only: this runs for each name of each event.
        if (text.isBlank()) {
            throw invalid(code, what + " must not be empty or blank");
        }
        if (text.length() > most && text.codePointCount(0, text.length()) > most) {
            throw invalid(code, what + " must not be longer than " + most + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text, i)) {
                throw invalid(code, what + " must not contain control characters");
            }
        }
        return text;
    }

    /** Returns {@code text} if it is a ULID in capital letters. */
    public static String ulid(String text, String code, String what) {
        that(isUlid(text), code, what + " must be a ULID");
        return text;
    }

    /** Whether {@code text} is a ULID in capital letters: 26 characters of Crockford's base 32. */
    public static boolean isUlid(String text) {
        return ULID.matcher(text).matches();
    }

    private static ProblemException invalid(String code, String detail) {
        return new ProblemException(new Problem.Invalid(code, detail));
    }

    private static boolean isPlain(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return !Character.isISOControl(c);
    }
}
