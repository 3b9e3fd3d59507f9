package io.meterport.domain.problem;

import java.time.Duration;
import java.util.List;

/**
 * An expected failure: what a caller did or met, in words that help and repeat no raw input.
 *
 * <p>Codes are stable and in kebab-case; they are part of the API. Every problem is immutable and
 * null-free. An adapter maps each kind once to its protocol, by an exhaustive switch.
 */
public sealed interface Problem {
    /** The stable name of this kind of failure, in kebab-case. */
    String code();

    /** One sentence for a person. */
    String detail();

    /** The input breaks a rule; nothing has been changed. */
    record Invalid(String code, String detail, List<Violation> violations) implements Problem {
        public Invalid {
            violations = List.copyOf(violations);
        }

        public Invalid(String code, String detail) {
            this(code, detail, List.of());
        }
    }

    /**
     * Nobody we know: no credential, or one that does not hold. Why it does not hold is never said.
     *
     * @param presented whether there was a credential at all
     */
    record Unauthenticated(boolean presented) implements Problem {
        @Override
        public String code() {
            return "unauthenticated";
        }

        @Override
        public String detail() {
            return "A valid credential is required.";
        }
    }

    /** Known, but not allowed to do this. */
    record Forbidden(String code, String detail) implements Problem {}

    /** The thing addressed does not exist for this caller. */
    record NotFound(String code, String detail) implements Problem {}

    /** The request clashes with what is stored. */
    record Conflict(String code, String detail) implements Problem {}

    /** The input is larger than a limit that the detail names. */
    record TooLarge(String code, String detail) implements Problem {}

    /** More requests than this caller may make; worth trying again after {@code retryAfter}. */
    record TooMany(String code, String detail, Duration retryAfter) implements Problem {}

    /**
     * Not now: a store is away, a budget is used up, or something is still being built. The outcome
     * of a write is unknown and the same request may be sent again after {@code retryAfter}.
     */
    record Unavailable(String code, String detail, Duration retryAfter) implements Problem {}
}
