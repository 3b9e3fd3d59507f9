package io.meterport.bootstrap.client;

/** A command cannot do what it was asked to; the message is for the person who asked. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailure(String message) {
        super(message, null, false, false);
    }
}
