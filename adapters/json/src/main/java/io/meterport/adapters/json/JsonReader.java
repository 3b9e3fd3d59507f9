package io.meterport.adapters.json;

import io.meterport.domain.json.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON (RFC 8259) strictly: UTF-8 only and without byte order mark, member names unique,
 * nothing after the value, no form that the RFC does not know, no half surrogate pairs. Numbers
 * are exact, with at most 40 significant digits and exponents up to 100. How large a document may
 * be is for the caller to bound. Stateless and thread-safe.
 *
 * <p>Text that breaks a rule is refused with the problem {@code invalid-json}, whose detail has
 * the reason and the place and nothing of the text.
 */
public final class JsonReader {
    /** The deepest nesting of objects and arrays. */
    public static final int MOST_DEPTH = 64;
    /** The longest string, in UTF-16 units. */
    public static final int MOST_TEXT = 65_536;
    /** The longest member name, in UTF-16 units. */
    public static final int MOST_NAME = 256;

    static final String BODY = "The body";

    private JsonReader() {}

    /** The value that these bytes are. */
    public static Json read(byte[] body) {
        return read(new ByteArrayInputStream(body));
    }

    /**
     * The value that the stream holds, which is read to its end and left open.
     *
     * @throws java.io.UncheckedIOException if the stream fails
     */
    public static Json read(InputStream body) {
        return read(BODY, decoded(body));
    }

    /**
     * The value that this text is.
     *
     * @param what begins a problem's sentence, such as {@code The parameter filter}
     */
    public static Json read(String what, String text) {
        return read(what, new StringReader(text));
    }

    static Reader decoded(InputStream utf8) {
        return new InputStreamReader(
                utf8,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static Json read(String what, Reader source) {
        try (JsonTokens tokens = new JsonTokens(what, source)) {
            tokens.first();
            Json value = tokens.value(0);
            tokens.end();
            return value;
        }
    }
}
