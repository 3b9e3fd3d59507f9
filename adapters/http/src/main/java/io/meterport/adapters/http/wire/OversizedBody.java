package io.meterport.adapters.http.wire;

/** A body, framing included, is larger than the route that reads it allows. */
final class OversizedBody extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OversizedBody() {
        super("the body is too large", null, false, false);
    }
}
