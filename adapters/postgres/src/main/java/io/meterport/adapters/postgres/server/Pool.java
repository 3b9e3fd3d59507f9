package io.meterport.adapters.postgres.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.time.Duration;

/** Connections to the server, opened when needed and kept for the next. Thread-safe. */
public final class Pool implements AutoCloseable {
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);

    private final HikariDataSource connections;
    private final Transactions transactions;

    private Pool(HikariDataSource connections, PostgresOptions options) {
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
     * One connection, for one thing after the other; none is being opened while this is closed, which
     * would outlive it.
     *
     * @throws IllegalStateException as {@link #open}
     */
    public static Pool single(PostgresOptions options) {
        return open(options, 1);
    }

    private static Pool open(PostgresOptions options, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("meterport-postgres");
        config.setDataSource(new Server(options));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(Math.min(2, most));
        config.setConnectionTimeout(options.poolTimeout().toMillis());
        config.setMaxLifetime(LONGEST_LIFE.toMillis());
        try {
            return new Pool(new HikariDataSource(config), options);
        } catch (PoolInitializationException e) {
            throw new IllegalStateException(
                    "The database " + options.url() + " cannot be used: " + reason(e), e);
        }
    }

    /** What runs transactions on its connections. */
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public void close() {
        connections.close();
    }

    private static String reason(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    }
}
