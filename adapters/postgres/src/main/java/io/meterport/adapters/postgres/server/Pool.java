package io.meterport.adapters.postgres.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.time.Duration;

/** Connections to the server, opened when needed and kept for the next. Thread-safe. */
public final class Pool implements AutoCloseable {
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);

    private final Server server;
    private final HikariDataSource connections;
    private final Transactions transactions;

    private Pool(Server server, HikariDataSource connections, PostgresOptions options) {
        this.server = server;
        this.connections = connections;
        this.transactions = new Transactions(connections, options);
    }

    /**
     * Connects once, so that a wrong address or password is known at once.
     *
     * @throws IllegalStateException with a sentence for the operator if the server cannot be used
     */
    public static Pool open(PostgresOptions options) {
        return open(options, options.pool());
    }

    /**
     * One connection, for one thing after the other.
     *
     * @throws IllegalStateException as {@link #open}
     */
    public static Pool single(PostgresOptions options) {
        return open(options, 1);
    }

    private static Pool open(PostgresOptions options, int most) {
        Server server = new Server(options);
        HikariConfig config = new HikariConfig();
        config.setPoolName("meterport-postgres");
        config.setDataSource(server);
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(Math.min(2, most));
        config.setConnectionTimeout(options.poolTimeout().toMillis());
        config.setMaxLifetime(LONGEST_LIFE.toMillis());
        try {
            return new Pool(server, new HikariDataSource(config), options);
        } catch (PoolInitializationException e) {
            server.close();
            throw new IllegalStateException(
                    "The database " + options.url() + " cannot be used: " + reason(e), e);
        }
    }

    /** What runs transactions on its connections. */
    public Transactions transactions() {
        return transactions;
    }

    /** No connection outlives it: one that is just being opened is closed as soon as it is open. */
    @Override
    public void close() {
        connections.close();
        server.close();
    }

    private static String reason(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    }
}
