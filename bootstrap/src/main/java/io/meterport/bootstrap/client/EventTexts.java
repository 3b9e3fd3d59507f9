package io.meterport.bootstrap.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Cuts a stream into the texts of its events, without understanding them: the items of one JSON
 * array, or JSON objects one after another as in NDJSON. The bytes stay as they are, numbers to the
 * last digit; whether each is an event is for the server to say.
 */
final class EventTexts {
    /** The longest event, in bytes: what a server takes at most. */
    static final int MOST_BYTES = 1 << 20;

    private final InputStream in;
    private int next;
    private long line = 1;
    private long count;
    private boolean array;

    /**
     * An event's text.
     *
     * @param number counted from 1
     * @param line where it begins, counted from 1
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on once, to be sent.
    record EventText(long number, long line, byte[] bytes) {}

    /**
     * @param in best buffered
     */
    EventTexts(InputStream in) throws IOException {
        this.in = in;
        this.next = in.read();
        skipSpace();
        if (next == '[') {
            array = true;
            advance();
        }
    }

    /** The next event; empty after the last. */
    Optional<EventText> next() throws IOException {
        skipSpace();
        if (array && count > 0 && next != ']') {
            requireComma();
        } else if (next < 0 || (array && next == ']')) {
            requireEnd();
            return Optional.empty();
        }
        if (next != '{') {
            throw broken("an event, a JSON object, was expected");
        }
        long begin = line;
        byte[] bytes = object();
        count++;
        return Optional.of(new EventText(count, begin, bytes));
    }

    private byte[] object() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(512);
        int depth = 0;
        boolean quoted = false;
        boolean escaped = false;
        do {
            if (next < 0) {
                throw broken("the input ends within an event");
            }
            if (text.size() == MOST_BYTES) {
                throw broken("the event is longer than " + MOST_BYTES + " bytes");
            }
            if (quoted) {
                quoted = escaped || next != '"';
                escaped = !escaped && next == '\\';
            } else if (next == '"') {
                quoted = true;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            }
            text.write(next);
            advance();
        } while (depth > 0);
        return text.toByteArray();
    }

    private void requireEnd() throws IOException {
        if (array) {
            if (next < 0) {
                throw broken("the array is not closed");
            }
            advance();
            skipSpace();
        }
        if (next >= 0) {
            throw broken("nothing may follow the array");
        }
        array = false;
    }

    private void requireComma() throws IOException {
        if (next != ',') {
            throw broken("a comma or the end of the array was expected");
        }
        advance();
        skipSpace();
    }

    private void skipSpace() throws IOException {
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            advance();
        }
    }

    private void advance() throws IOException {
        if (next == '\n') {
            line++;
        }
        next = in.read();
    }

    private CommandFailure broken(String what) {
        return new CommandFailure("Line " + line + ", after " + count + " events: " + what + ".");
    }
}
