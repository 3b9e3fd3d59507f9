package io.meterport.adapters.postgres.server;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;

/** What an exception out of the driver or the pool means. */
enum Failure {
    /** Nothing of the server's: a problem that was thrown on purpose, or a fault of ours. */
    NONE,
    /** The statement was stopped at its deadline. */
    TIMEOUT,
    /** Another transaction was in the way, and this one was undone: the same may succeed now. */
    CONFLICT,
    /** All connections are in use, or a lock was not given in time. */
    BUSY,
    /** The server cannot be reached, is stopping, or writes nothing. */
    BROKEN,
    /** The server's disk failed or its files are damaged. */
    DAMAGED;

    private static final Logger LOGGER = System.getLogger(Failure.class.getPackageName());
    private static final Duration SOON = Duration.ofSeconds(1);

    static Failure of(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ProblemException) {
                return NONE; // Whatever caused it has been judged already.
            }
            if (at instanceof SQLException exception) {
                return of(exception);
            }
        }
        return NONE;
    }

    private static Failure of(SQLException exception) {
        if (exception instanceof SQLTransientConnectionException) {
            return exception.getCause() == null ? BUSY : BROKEN; // What the pool throws.
        }
        String state = exception.getSQLState();
        if (state == null || state.length() != 5) {
            return BROKEN;
        }
        return switch (state) {
            case "57014" -> TIMEOUT;
            case "40001", "40P01" -> CONFLICT;
            case "55P03", "53300" -> BUSY;
            case "XX001", "XX002", "58030" -> DAMAGED;
            default -> ofClass(state.substring(0, 2));
        };
    }

    /** Classes 22, 23, 26 and 42 are faults in our statements or values. */
    private static Failure ofClass(String start) {
        return switch (start) {
            case "0A", "21", "22", "23", "26", "42", "P0" -> NONE;
            default -> BROKEN;
        };
    }

    /**
     * How often the same may be tried, nothing of it having been stored. After a broken connection
     * once more: it may have been broken before it was taken out of the pool.
     */
    int mostAttempts(int afterConflicts) {
        return switch (this) {
            case CONFLICT -> afterConflicts;
            case BROKEN -> 2;
            case NONE, TIMEOUT, BUSY, DAMAGED -> 1;
        };
    }

    /** Tells the operator, where it is a failure of the server. */
    void log(Throwable thrown) {
        if (this == BROKEN || this == DAMAGED) {
            LOGGER.log(Level.ERROR, "The storage failed: " + reason(thrown));
        }
    }

    /** The first line of what went wrong: the driver adds details to others, and values to those. */
    private static String reason(Throwable thrown) {
        Throwable at = thrown;
        while (!(at instanceof SQLException) && at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage()).lines().findFirst().orElse("");
    }

    /** What a caller is told about it; empty where it is no failure of the storage. */
    Optional<ProblemException> problem(Throwable cause) {
        return switch (this) {
            case NONE -> Optional.empty();
            case TIMEOUT -> Optional.of(timeout(cause));
            case BUSY -> Optional.of(overloaded());
            case CONFLICT, BROKEN, DAMAGED -> Optional.of(unavailable(cause));
        };
    }

    static ProblemException timeout(Throwable cause) {
        return new ProblemException(
                new Problem.Unavailable(
                        "query-timeout",
                        "The query took too long; shorten the range or use larger windows.",
                        SOON),
                cause);
    }

    static ProblemException unavailable(Throwable cause) {
        return new ProblemException(
                new Problem.Unavailable(
                        "storage-unavailable", "The storage is unavailable; try again.", SOON),
                cause);
    }

    static ProblemException unknown(Throwable cause) {
        return new ProblemException(
                new Problem.Unavailable(
                        "outcome-unknown",
                        "It is unknown whether the request took effect; send it again.",
                        SOON),
                cause);
    }

    static ProblemException overloaded() {
        return new ProblemException(
                new Problem.Unavailable("overloaded", "The server is busy; try again.", SOON));
    }
}
