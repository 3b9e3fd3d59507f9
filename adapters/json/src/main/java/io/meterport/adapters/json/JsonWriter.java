package io.meterport.adapters.json;

import io.meterport.domain.json.Json;
import io.meterport.domain.meter.MeteredNumber;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes JSON as UTF-8 into memory, value by value and without a tree; commas come by themselves.
 * Numbers are exact plain decimals without exponent and trailing zeros. Not thread-safe; may be
 * used again after {@link #clear}.
 *
 * <p>Every value method writes one value where one may stand: first, after a {@link #name}, or in
 * an array. Every method returns this writer.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_LONG_DIGITS = 18;

    private final boolean webSafe;
    private byte[] bytes = new byte[512];
    private int size;
    private int depth;
    private boolean comma;

    private JsonWriter(boolean webSafe) {
        this.webSafe = webSafe;
    }

    /** A writer of plain JSON, as it is stored. */
    public static JsonWriter plain() {
        return new JsonWriter(false);
    }

    /**
     * A writer for answers: no {@code <}, {@code >}, {@code &} or line separator stands for itself,
     * so that no browser can take the text for a page or a script.
     */
    public static JsonWriter webSafe() {
        return new JsonWriter(true);
    }

    public JsonWriter beginObject() {
        return begin('{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    /** The name of the member whose value comes next. */
    public JsonWriter name(String name) {
        separate();
        quote(name);
        put(':');
        comma = false;
        return this;
    }

    /**
     * A string.
     *
     * @throws IllegalArgumentException if half of a surrogate pair stands alone in it
     */
    public JsonWriter value(String text) {
        separate();
        quote(text);
        return this;
    }

    /** A number, as it is. */
    public JsonWriter value(BigDecimal number) {
        separate();
        if (number.scale() == 0 && number.precision() <= MOST_LONG_DIGITS) {
            digits(number.longValueExact());
        } else {
            ascii(MeteredNumber.plain(number));
        }
        return this;
    }

    /** A whole number. */
    public JsonWriter value(long number) {
        separate();
        digits(number);
        return this;
    }

    /** true or false. */
    public JsonWriter value(boolean value) {
        separate();
        ascii(String.valueOf(value));
        return this;
    }

    /** null. */
    public JsonWriter nothing() {
        separate();
        ascii("null");
        return this;
    }

    /** Any value, members in their order. */
    public JsonWriter value(Json json) {
        return switch (json) {
            case Json.Obj(Map<String, Json> members) -> {
                beginObject();
                members.forEach((name, value) -> name(name).value(value));
                yield endObject();
            }
            case Json.Arr array -> {
                beginArray();
                array.items().forEach(this::value);
                yield endArray();
            }
            case Json.Text(String text) -> value(text);
            case Json.Num(BigDecimal number) -> value(number);
            case Json.Bool(boolean value) -> value(value);
            case Json.Nil _ -> nothing();
        };
    }

    /** A line feed, as answers and lines of files end with. */
    public JsonWriter newLine() {
        put('\n');
        comma = false;
        return this;
    }

    /** How many bytes have been written. */
    public int size() {
        return size;
    }

    /** Forgets everything written. */
    public JsonWriter clear() {
        size = 0;
        depth = 0;
        comma = false;
        return this;
    }

    /** A copy of what was written; everything begun must have been ended. */
    public byte[] toBytes() {
        requireWhole();
        return Arrays.copyOf(bytes, size);
    }

    /** Hands what was written so far to a stream, and forgets it; values may still be open. */
    public void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }

    /** What was written, as text; everything begun must have been ended. */
    public String toText() {
        requireWhole();
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private void requireWhole() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " objects or arrays have not been ended");
        }
    }

    private JsonWriter begin(char bracket) {
        separate();
        put(bracket);
        depth++;
        comma = false;
        return this;
    }

    private JsonWriter end(char bracket) {
        put(bracket);
        depth--;
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
        comma = true;
    }

    private void quote(String text) {
        int length = text.length();
        reserve(length + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                basic(c);
            } else if (Character.isSurrogate(c)) {
                pair(c, ++i < length ? text.charAt(i) : ' ');
            } else {
                beyond(c);
            }
        }
        put('"');
    }

    private void basic(char c) {
        switch (c) {
            case '"', '\\' -> escape(c);
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            case '\b' -> escape('b');
            case '\f' -> escape('f');
            case '<', '>', '&' -> {
                if (webSafe) {
                    hex(c);
                } else {
                    put(c);
                }
            }
            default -> {
                if (c < ' ') {
                    hex(c);
                } else {
                    put(c);
                }
            }
        }
    }

    private void beyond(char c) {
        if (webSafe && (c == '\u2028' || c == '\u2029')) {
            hex(c);
        } else if (c < 0x800) {
            put(0xc0 | (c >> 6));
            put(0x80 | (c & 0x3f));
        } else {
            put(0xe0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3f));
            put(0x80 | (c & 0x3f));
        }
    }

    private void pair(char high, char low) {
        if (!Character.isSurrogatePair(high, low)) {
            throw new IllegalArgumentException("half of a surrogate pair stands alone");
        }
        int point = Character.toCodePoint(high, low);
        put(0xf0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3f));
        put(0x80 | ((point >> 6) & 0x3f));
        put(0x80 | (point & 0x3f));
    }

    private void escape(char c) {
        put('\\');
        put(c);
    }

    private void hex(char c) {
        escape('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX[(c >> shift) & 0xf]);
        }
    }

    private void digits(long number) {
        ascii(Long.toString(number));
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void put(int unit) {
        reserve(1);
        bytes[size++] = (byte) unit;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }
}
