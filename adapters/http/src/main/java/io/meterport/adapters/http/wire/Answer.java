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
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Answer(
        int status,
        List<Header> headers,
        byte[] body,
        Optional<String> code,
        Optional<Streaming> streaming) {
    private static final byte[] NOTHING = {};
    private static final Answer NO_CONTENT = new Answer(204, List.of(), NOTHING, Optional.empty());

    public Answer {
        headers = List.copyOf(headers);
    }

    /** An answer whose body is there. */
    public Answer(int status, List<Header> headers, byte[] body, Optional<String> code) {
        this(status, headers, body, code, Optional.empty());
    }

    /** 200 with a body that is made while it is sent. */
    public static Answer streaming(Header contentType, Streaming body) {
        return new Answer(200, List.of(contentType), NOTHING, Optional.empty(), Optional.of(body));
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
        return new Answer(other, headers, body, code, streaming);
    }

    /** The same with one more header. */
    public Answer with(Header header) {
        List<Header> more = new ArrayList<>(headers);
        more.add(header);
        return new Answer(status, more, body, code, streaming);
    }

    /** The same with one more header. */
    public Answer with(HeaderName name, String value) {
        return with(HeaderValues.create(name, value));
    }
}
