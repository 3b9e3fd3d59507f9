package io.meterport.adapters.http;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Violation;
import java.util.List;
import java.util.function.Supplier;

/** Refusals of what a client sent, with where it stands. */
final class Faults {
    static final String BODY = "invalid-body";
    static final String PARAMETER = "invalid-parameter";

    private Faults() {}

    /** A fault of a body, at a JSON pointer. */
    static ProblemException at(String code, String message, String pointer) {
        return new ProblemException(
                new Problem.Invalid(code, message, List.of(new Violation(code, message, pointer))));
    }

    /** A fault of a query parameter of ours. */
    static ProblemException parameter(String name, String rule) {
        return new ProblemException(
                new Problem.Invalid(PARAMETER, "Query parameter " + name + " " + rule + "."));
    }

    /** Any other fault. */
    static ProblemException of(String code, String detail) {
        return new ProblemException(new Problem.Invalid(code, detail));
    }

    /** What {@code value} gives; if it is refused, with where it stands. */
    static <T> T located(String pointer, Supplier<T> value) {
        try {
            return value.get();
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Invalid invalid
                    && invalid.violations().isEmpty()) {
                throw at(invalid.code(), invalid.detail(), pointer);
            }
            throw e;
        }
    }
}
