package io.meterport.bootstrap.logs;

import java.util.Locale;

/** Makes text harmless for a line of a log or a terminal. */
final class Plain {
    private Plain() {}

    /** The text with everything escaped that could break a line, move a cursor or turn text round. */
    static String text(String raw) {
        StringBuilder plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (isHarmless(c)) {
                plain.append(c);
            } else {
                plain.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return plain.toString();
    }

    private static boolean isHarmless(char c) {
        return !Character.isISOControl(c)
                && !Character.isSurrogate(c)
                && switch (Character.getType(c)) {
                    case Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }
}
