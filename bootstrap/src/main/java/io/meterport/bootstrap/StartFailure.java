package io.meterport.bootstrap;

/** The server cannot start, for a reason outside it; the message is a sentence for the operator. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message, null, false, false);
    }
}
