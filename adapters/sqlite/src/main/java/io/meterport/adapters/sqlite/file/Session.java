package io.meterport.adapters.sqlite.file;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sqlite.ProgressHandler;

/**
 * One connection and the statements prepared on it. Used by one thread at a time.
 *
 * <p>Most statements go through JDBI. What runs thousands of times a second, the writing of events
 * and the reading of pages, uses {@link #prepare}: binding by place and reading by place, without
 * a context for each call, takes a third of the time.
 */
public final class Session implements AutoCloseable {
    private static final int OPERATIONS_BETWEEN_LOOKS = 20_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final Connection connection;
    private final Handle handle;
    private final Map<String, PreparedStatement> kept = new HashMap<>();
    private volatile long deadline = NEVER;
    private volatile Heartbeat heartbeat = new Heartbeat();

    Session(Connection connection) throws SQLException {
        this.connection = connection;
        KeptStatements statements = new KeptStatements();
        Jdbi jdbi = Jdbi.create(() -> connection);
        jdbi.setStatementBuilderFactory(ignored -> statements);
        // Some statements are built from the same bindings and do not need all of them.
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        this.handle = jdbi.open();
        ProgressHandler.setHandler(connection, OPERATIONS_BETWEEN_LOOKS, new ProgressHandler() {
            @Override
            protected int progress() {
                heartbeat.beat();
                return isLate() ? 1 : 0;
            }
        });
    }

    /** For statements through JDBI; never begins or ends a transaction by itself. */
    public Handle handle() {
        return handle;
    }

    /** The statement of that text, prepared once; its results must be closed before it runs again. */
    public PreparedStatement prepare(String sql) throws SQLException {
        heartbeat.beat();
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    /** Gives signs of life there from now on. */
    void beatsFor(Heartbeat other) {
        heartbeat = other;
    }

    /**
     * To be called by long computations between their statements.
     *
     * @throws io.meterport.domain.problem.ProblemException {@code query-timeout} after the deadline
     */
    public void requireTime() {
        if (isLate()) {
            throw Failure.timeout(new SQLException("stopped at its deadline"));
        }
    }

    void begin(long nanosFromNow) throws SQLException {
        deadline = System.nanoTime() + nanosFromNow;
        prepare("begin").execute();
    }

    /** Begins to read without a deadline, until {@link #stop}. */
    void beginPatiently() throws SQLException {
        prepare("begin").execute();
    }

    /** Stops what runs on it; may be called by any thread. */
    void stop() {
        deadline = System.nanoTime() - 1;
    }

    void beginWriting() throws SQLException {
        prepare("begin immediate").execute();
    }

    void commit() throws SQLException {
        prepare("commit").execute();
    }

    void end() throws SQLException {
        deadline = NEVER;
        prepare("rollback").execute();
    }

    @Override
    public void close() throws SQLException {
        deadline = NEVER;
        for (PreparedStatement statement : kept.values()) {
            statement.close();
        }
        kept.clear();
        handle.close();
        connection.close();
    }

    private boolean isLate() {
        return deadline != NEVER && System.nanoTime() - deadline > 0;
    }
}
