package io.meterport.adapters.sqlite.file;

import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an exception out of the driver means. */
enum Failure {
    /** Nothing of SQLite's: a problem that was thrown on purpose, or a fault of ours. */
    NONE,
    /** The query was stopped at its deadline. */
    TIMEOUT,
    /** Another program holds the file; the connection is as good as before. */
    BUSY,
    /** The disk is full; the writer's connection cannot be used any more, but reading goes on. */
    FULL,
    /** The connection cannot be used any more: read-only, and what nobody knows. */
    BROKEN,
    /** The disk failed or the file is damaged. */
    DAMAGED;

    private static final Logger LOGGER = System.getLogger(Failure.class.getPackageName());
    private static final Duration SOON = Duration.ofSeconds(1);

    static Failure of(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ProblemException) {
                return NONE; // Whatever caused it has been judged already.
            }
            if (at instanceof SQLiteException exception) {
                return of(exception.getResultCode());
            }
            if (at instanceof SQLException) {
                return BROKEN;
            }
        }
        return NONE;
    }

    private static Failure of(SQLiteErrorCode result) {
        return switch (result.code & 0xff) {
            case 9 -> TIMEOUT; // INTERRUPT
            case 5, 6 -> BUSY; // BUSY, LOCKED
            case 10, 11, 26 -> DAMAGED; // IOERR, CORRUPT, NOTADB
            case 13 -> FULL;
            case 8, 14 -> BROKEN; // READONLY, CANTOPEN
            case 1, 18, 19, 20, 21, 25 ->
                NONE; // ERROR, TOOBIG, CONSTRAINT, MISMATCH, MISUSE, RANGE
            default -> BROKEN;
        };
    }

    /** Whether all connections have to be closed. */
    boolean breaksConnections() {
        return this == BROKEN || this == DAMAGED;
    }

    /** Tells the operator, where it is a failure of the disk or the file. */
    void log(Throwable thrown) {
        if (breaksConnections() || this == FULL) {
            LOGGER.log(Level.ERROR, "The storage failed: " + thrown.getMessage());
        }
    }

    /** Tells the operator that nothing is written any more. */
    static void logStop() {
        LOGGER.log(
                Level.ERROR,
                "The storage failed too often within a minute and writes no more until a restart.");
    }

    /** What a caller is told about it; empty where it is no failure of the storage. */
    Optional<ProblemException> problem(Throwable cause) {
        return switch (this) {
            case NONE -> Optional.empty();
            case TIMEOUT -> Optional.of(timeout(cause));
            case BUSY, FULL, BROKEN, DAMAGED -> Optional.of(unavailable(cause));
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
