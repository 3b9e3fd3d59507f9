package io.meterport.adapters.postgres.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Runs transactions on connections of the pool. Nothing that is set outlives its transaction, so that
 * a pooler between us and the server may give each transaction another of its connections. Thread-safe.
 */
public final class Transactions {
    /** What is done in one transaction. It may be run again, after everything was undone. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Handle handle) throws SQLException;
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private static final int MOST_ATTEMPTS = 8;
    /** A server that says nothing for so long after its own deadline is gone. */
    private static final int GRACE_MILLIS = 5_000;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** One state of all tables from the first statement to the last. */
    private static final String ONE_STATE =
            "set transaction isolation level repeatable read, read only";

    private final Jdbi jdbi;
    private final int queryMillis;
    private final int writeMillis;
    private final String writing;
    private final String reading;

    /** Runs them on connections of that pool. */
    public Transactions(DataSource pool, PostgresOptions options) {
        this.jdbi = Jdbi.create(pool);
        this.queryMillis = Math.toIntExact(options.queryTimeout().toMillis());
        this.writeMillis = Math.toIntExact(options.writeTimeout().toMillis());
        this.writing = Limits.ofWriting(options);
        this.reading = Limits.ofReading(options);
    }

    /**
     * Writes all or nothing, and durably when it returns. Each statement sees what was committed
     * before it began. Conflicts with others are tried again a few times.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code overloaded}, {@code
     *     query-timeout}, {@code storage-unavailable}: nothing was stored; {@code outcome-unknown}:
     *     perhaps it was
     */
    public <T> T write(Work<T> work) {
        return attempted(() -> inTransaction(
                handle -> {
                    patience(handle, writeMillis + GRACE_MILLIS);
                    set(handle, writing);
                    return work.run(handle);
                },
                Transactions::commit));
    }

    /**
     * Writes all or nothing for as long as it takes, and tries only once.
     *
     * @throws io.meterport.domain.problem.ProblemException as {@link #write}
     */
    public <T> T writeAtLength(Work<T> work) {
        return attempted(
                1,
                () -> inTransaction(
                        handle -> {
                            patience(handle, 0);
                            set(handle, writing + "; " + Limits.none());
                            return work.run(handle);
                        },
                        Transactions::commit));
    }

    /**
     * Reads with one statement, which costs one journey to the server and sees one state. Nothing may
     * be written.
     *
     * @throws io.meterport.domain.problem.ProblemException as {@link #read}
     */
    public <T> T readOnce(Work<T> work) {
        return attempted(() -> {
            try (Handle handle = jdbi.open()) {
                patience(handle, queryMillis + GRACE_MILLIS);
                handle.getConfig(SqlStatements.class)
                        .setQueryTimeout(Math.max(1, queryMillis / 1_000));
                return work.run(handle);
            }
        });
    }

    /**
     * Reads one state with any number of statements.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code overloaded}, {@code
     *     query-timeout} or {@code storage-unavailable}
     */
    public <T> T read(Work<T> work) {
        return attempted(() -> reading(queryMillis + GRACE_MILLIS, reading, work));
    }

    /** Reads one state for as long as it takes; else as {@link #read}. */
    public <T> T readAtLength(Work<T> work) {
        return attempted(() -> reading(0, Limits.none(), work));
    }

    private <T> T reading(int patience, String limits, Work<T> work) throws SQLException {
        return inTransaction(
                handle -> {
                    patience(handle, patience);
                    set(handle, ONE_STATE + "; " + limits);
                    return work.run(handle);
                },
                Connection::rollback);
    }

    private static <T> T attempted(Attempt<T> attempt) {
        return attempted(MOST_ATTEMPTS, attempt);
    }

    private static <T> T attempted(int most, Attempt<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.make();
            } catch (SQLException | RuntimeException e) {
                Failure failure = Failure.of(e);
                if (number >= Math.min(most, failure.mostAttempts(most))) {
                    failure.log(e);
                    throw failure.problem(e)
                            .<RuntimeException>map(problem -> problem)
                            .orElseGet(() -> unexpected(e));
                }
                pause(number);
            }
        }
    }

    @FunctionalInterface
    private interface Ending {
        void end(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work, Ending ending) throws SQLException {
        Handle handle = jdbi.open();
        boolean ended = false;
        try {
            handle.getConnection().setAutoCommit(false);
            T result = work.run(handle);
            ending.end(handle.getConnection());
            ended = true;
            return result;
        } finally {
            release(handle, ended);
        }
    }

    /** Whatever goes wrong here must hide neither what was done nor why it was not. */
    private static void release(Handle handle, boolean ended) {
        try (handle) {
            if (!ended) {
                handle.getConnection().rollback();
            }
            handle.getConnection().setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            // The connection is broken: the server has undone what was not committed, or soon will.
        }
    }

    /** The pool takes it back when the connection returns. */
    private static void patience(Handle handle, int millis) throws SQLException {
        handle.getConnection().setNetworkTimeout(Runnable::run, millis);
    }

    private static void set(Handle handle, String statements) throws SQLException {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(statements);
        }
    }

    /** A commit whose answer is lost may have been done; one that is refused was not. */
    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            Failure failure = Failure.of(e);
            if (failure == Failure.BROKEN || failure == Failure.TIMEOUT) {
                failure.log(e);
                throw Failure.unknown(e);
            }
            throw e;
        }
    }

    /** Others get the chance to finish; no two of them come back at the same moment. */
    private static void pause(int attempt) {
        LockSupport.parkNanos(Math.floorMod(System.nanoTime(), PAUSE_NANOS << attempt));
    }

    private static RuntimeException unexpected(Throwable thrown) {
        return thrown instanceof RuntimeException e
                ? e
                : new IllegalStateException("PostgreSQL refused a statement of ours", thrown);
    }
}
