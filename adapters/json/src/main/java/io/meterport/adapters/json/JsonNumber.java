package io.meterport.adapters.json;

import java.math.BigDecimal;
import java.util.Optional;

/** Which numbers are read. Their size is known before any arithmetic is done with them. */
final class JsonNumber {
    /** The longest form of a number, in characters; all numbers within the limits fit easily. */
    static final int MOST_CHARACTERS = 512;

    private static final int MOST_DIGITS = 40;
    private static final int MOST_EXPONENT = 100;

    private JsonNumber() {}

    /**
     * The exact number with that text, which has the form of a JSON number; empty if it has more
     * than 40 significant digits, or an exponent, written or in scientific form, beyond 100.
     */
    static Optional<BigDecimal> of(char[] text, int from, int length) {
        if (length > MOST_CHARACTERS || !isExponentSmall(text, from, length)) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text, from, length);
        return isSmall(number) ? Optional.of(number) : Optional.empty();
    }

    private static boolean isExponentSmall(char[] text, int from, int length) {
        int end = from + length;
        int at = from;
        while (at < end && text[at] != 'e' && text[at] != 'E') {
            at++;
        }
        int exponent = 0;
        for (at++; at < end && exponent <= MOST_EXPONENT; at++) {
            if (text[at] != '+' && text[at] != '-') {
                exponent = exponent * 10 + (text[at] - '0');
            }
        }
        return exponent <= MOST_EXPONENT;
    }

    private static boolean isSmall(BigDecimal number) {
        int exponent = number.precision() - number.scale() - 1;
        if (number.precision() <= MOST_DIGITS) {
            return number.signum() == 0 || Math.abs(exponent) <= MOST_EXPONENT;
        }
        return Math.abs(exponent) <= MOST_EXPONENT
                && number.stripTrailingZeros().precision() <= MOST_DIGITS;
    }
}
