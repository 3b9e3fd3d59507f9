package io.meterport.domain.problem;

import java.util.Objects;

/** Carries a {@link Problem} to the edge, where it is met once. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /** As above, keeping what a driver threw, for the log. */
    public ProblemException(Problem problem, Throwable cause) {
        super(problem.code() + ": " + problem.detail(), cause);
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /** What went wrong; never null. */
    public Problem problem() {
        return problem;
    }
}
