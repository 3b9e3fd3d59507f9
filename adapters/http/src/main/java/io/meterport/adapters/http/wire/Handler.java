package io.meterport.adapters.http.wire;

/** Answers requests of one method and path. Must be thread-safe. */
@FunctionalInterface
public interface Handler {
    /** The answer; a {@code ProblemException} is answered with the problem. */
    Answer answer(Exchange exchange);
}
