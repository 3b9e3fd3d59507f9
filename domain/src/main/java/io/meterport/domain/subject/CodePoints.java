package io.meterport.domain.subject;

/** The one order of texts: by code points, which is also the order of their UTF-8 bytes. */
public final class CodePoints {
    private CodePoints() {}

    /** Negative, zero or positive as {@code a} stands before, at or after {@code b}. */
    public static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                return rank(left) - rank(right);
            }
        }
        return a.length() - b.length();
    }

    /** UTF-16 puts surrogates before U+E000; code points put them after U+FFFF. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
