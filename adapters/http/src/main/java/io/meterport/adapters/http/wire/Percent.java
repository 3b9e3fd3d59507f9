package io.meterport.adapters.http.wire;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of request targets, read strictly: a broken escape or broken UTF-8 is refused. */
final class Percent {
    private Percent() {}

    /** A segment of a path; a plus sign is a plus sign. */
    static String path(String raw) {
        return raw.indexOf('%') < 0 ? ascii(raw) : decoded(raw);
    }

    /** A name or value of a query; a plus sign is a space. */
    static String query(String raw) {
        String spaced = raw.indexOf('+') < 0 ? raw : raw.replace('+', ' ');
        return path(spaced);
    }

    private static String decoded(String raw) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) (digit(raw, i + 1) << 4 | digit(raw, i + 2));
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                throw broken();
            }
        }
        return utf8(bytes, length);
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
    }

    private static int digit(String raw, int at) {
        int digit = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
        if (digit < 0 || raw.charAt(at) >= 0x80) {
            throw broken();
        }
        return digit;
    }

    /** Helidon reads the request line as ASCII and puts U+FFFD where it is not. */
    private static String ascii(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) >= 0x80) {
                throw broken();
            }
        }
        return raw;
    }

    private static ProblemException broken() {
        return new ProblemException(
                new Problem.Invalid(
                        "malformed-request",
                        "The HTTP request is malformed: its target holds a broken escape or is not UTF-8."));
    }
}
