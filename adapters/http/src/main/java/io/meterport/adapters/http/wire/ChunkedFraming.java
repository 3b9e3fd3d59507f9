package io.meterport.adapters.http.wire;

/**
 * Looks at the framing of a chunked body as its bytes come by (RFC 9112, 7.1), since Helidon takes
 * some that is wrong: a sign before a size, or anything at all where a chunk has to end. Where two
 * programs disagree about the end of a body, one of them may be made to see a request that the other
 * does not. Extensions and trailers are refused: nobody here reads them. Not thread-safe.
 */
final class ChunkedFraming {
    private enum State {
        SIZE,
        SIZE_END,
        DATA,
        DATA_CR,
        DATA_LF,
        LAST_CR,
        LAST_LF,
        DONE,
        WRONG
    }

    /** Enough for any size that fits a long; and leading zeros must come to an end. */
    private static final int MOST_DIGITS = 15;

    private static final int HEX = 16;

    private State state = State.SIZE;
    private int digits;
    private long size;

    /** The next bytes of the body, and perhaps what follows it. */
    void read(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && state != State.DONE && state != State.WRONG) {
            if (state == State.DATA) {
                long taken = Math.min(size, bytes.length - at);
                at += (int) taken;
                size -= taken;
                state = size == 0 ? State.DATA_CR : State.DATA;
            } else {
                state = next(bytes[at]);
                at++;
            }
        }
    }

    /** Whether it breaks the rules. */
    boolean isWrong() {
        return state == State.WRONG;
    }

    private State next(byte b) {
        return switch (state) {
            case SIZE -> size(b);
            case SIZE_END -> b == '\n' ? begun() : State.WRONG;
            case DATA_CR -> b == '\r' ? State.DATA_LF : State.WRONG;
            case DATA_LF -> b == '\n' ? begin() : State.WRONG;
            case LAST_CR -> b == '\r' ? State.LAST_LF : State.WRONG;
            case LAST_LF -> b == '\n' ? State.DONE : State.WRONG;
            case DATA, DONE, WRONG -> state;
        };
    }

    private State begin() {
        digits = 0;
        size = 0;
        return State.SIZE;
    }

    private State begun() {
        return size == 0 ? State.LAST_CR : State.DATA;
    }

    private State size(byte b) {
        if (b == '\r' && digits > 0) {
            return State.SIZE_END;
        }
        int digit = b < 0 ? -1 : Character.digit(b, HEX);
        digits++;
        size = size * HEX + digit;
        return digit < 0 || digits > MOST_DIGITS ? State.WRONG : State.SIZE;
    }
}
