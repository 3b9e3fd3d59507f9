package io.meterport.application;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refused call was refused with. */
public final class Refusals {
    private Refusals() {}

    /** The problem that the call ends in; a test fails if it does not end in one. */
    public static Problem problemOf(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    /** The code of that problem. */
    public static String codeOf(ThrowingCallable call) {
        return problemOf(call).code();
    }
}
