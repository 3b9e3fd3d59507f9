package io.meterport.adapters.json;

import com.fasterxml.jackson.core.JsonToken;
import io.meterport.domain.json.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The items of a JSON array, read one by one, so that a caller can stop at a limit before all of
 * them are in memory. A document that is no array is one item. Obeys the rules of {@link
 * JsonReader}, and fails as it does, on the call that meets the fault. Not thread-safe.
 *
 * <p>The document is known to be whole only once {@link #hasNext} has returned false.
 */
public final class JsonItems implements Iterator<Json>, AutoCloseable {
    private final JsonTokens tokens;
    private final boolean array;
    private int index = -1;
    private boolean ready;
    private boolean over;

    private JsonItems(JsonTokens tokens) {
        this.tokens = tokens;
        this.array = tokens.first() == JsonToken.START_ARRAY;
        this.ready = !array;
    }

    /** The items that these bytes hold. */
    public static JsonItems of(byte[] body) {
        return of(new ByteArrayInputStream(body));
    }

    /**
     * The items that the stream holds, read as they are asked for; the stream is left open.
     *
     * @throws java.io.UncheckedIOException here or later, if the stream fails
     */
    public static JsonItems of(InputStream body) {
        JsonTokens tokens = new JsonTokens(JsonReader.BODY, JsonReader.decoded(body));
        try {
            return new JsonItems(tokens);
        } catch (RuntimeException e) {
            tokens.close();
            throw e;
        }
    }

    /** Whether the document is an array; if not, it is the one item. */
    public boolean isArray() {
        return array;
    }

    /** The place of the item that {@link #next} gave last, from zero; -1 before the first. */
    public int index() {
        return index;
    }

    @Override
    public boolean hasNext() {
        if (!ready && !over) {
            step();
        }
        return ready;
    }

    @Override
    public Json next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        index++;
        return tokens.value(array ? 1 : 0);
    }

    /** Gives back what reading took; the source stays open. Idempotent. */
    @Override
    public void close() {
        tokens.close();
    }

    private void step() {
        if (array && tokens.next() != JsonToken.END_ARRAY) {
            ready = true;
            return;
        }
        tokens.end();
        over = true;
    }
}
