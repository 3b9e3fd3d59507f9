package io.meterport.adapters.http.wire;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is sent back: complete, or with a body that is made while it is sent.
 *
 * @param body not copied: whoever makes an answer must not change it afterwards
 * @param code of the problem, if it is one
 * @param streaming makes the body, if it is not there yet
 * @param endless whether that goes on until somebody ends it, so that it ends its connection too
 * @param heldBytes what is kept in memory until all of it has been sent, roughly
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Answer(
        int status,
        List<Header> headers,
        byte[] body,
        Optional<String> code,
        Optional<Streaming> streaming,
        boolean endless,
        long heldBytes) {
    private static final byte[] NOTHING = {};
    private static final Answer NO_CONTENT = new Answer(204, List.of(), NOTHING, Optional.empty());

    public Answer {
        headers = List.copyOf(headers);
    }

    /** An answer whose body is there. */
    public Answer(int status, List<Header> headers, byte[] body, Optional<String> code) {
        this(status, headers, body, code, Optional.empty(), false, body.length);
    }

    /** 200 with a body that goes on until somebody ends it. */
    public static Answer streaming(Header contentType, Streaming body) {
        return new Answer(
                200, List.of(contentType), NOTHING, Optional.empty(), Optional.of(body), true, 0);
    }

    /**
     * 200 with a body that is made while it is sent, and comes to its end by itself.
     *
     * @param heldBytes what it is made from takes that much memory, roughly
     */
    public static Answer written(Header contentType, Streaming body, long heldBytes) {
        return new Answer(
                200,
                List.of(contentType),
                NOTHING,
                Optional.empty(),
                Optional.of(body),
                false,
                heldBytes);
    }

    /** 204. */
    public static Answer noContent() {
        return NO_CONTENT;
    }

    /** 200 with that body, whose content type is taken as it is. */
    public static Answer of(Header contentType, byte[] body) {
        return new Answer(200, List.of(contentType), body, Optional.empty());
    }

    /** The same with another status. */
    public Answer withStatus(int other) {
        return new Answer(other, headers, body, code, streaming, endless, heldBytes);
    }

    /** The same with one more header. */
    public Answer with(Header header) {
        List<Header> more = new ArrayList<>(headers);
        more.add(header);
        return new Answer(status, more, body, code, streaming, endless, heldBytes);
    }

    /** The same with one more header. */
    public Answer with(HeaderName name, String value) {
        return with(HeaderValues.create(name, value));
    }
}
