package io.meterport.domain.problem;

import java.util.Objects;

/**
 * One fault of many in a refused input.
 *
 * @param code stable, kebab-case name of the rule that was broken
 * @param message a sentence for a person; repeats no raw input
 * @param field where it is, as a JSON Pointer (RFC 6901) or a parameter name
 */
public record Violation(String code, String message, String field) {
    public Violation {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(field, "field");
    }
}
