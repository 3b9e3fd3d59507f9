package io.meterport.adapters.postgres.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Makes connections to the server, and knows those that are open: what a pool does not take any more,
 * because it is closed by then, would stay open for ever. Thread-safe.
 */
final class Server implements DataSource, AutoCloseable {
    private static final String SECONDS_TO_CONNECT = "10";
    /** For so long a pool that is closed waits for one that it is opening. */
    private static final int SECONDS_TO_CLOSE = 1;

    private final PostgresOptions options;
    private final List<Connection> opened = new ArrayList<>();
    private boolean closed;

    Server(PostgresOptions options) {
        this.options = options;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = DriverManager.getConnection(options.url(), properties());
        if (isTooLate(connection)) {
            connection.close();
            throw new SQLException("the storage is closed", "08003");
        }
        return connection;
    }

    /** Closes every connection that is open, and each one that is being opened as soon as it is. */
    @Override
    public void close() {
        for (Connection connection : lastOnes()) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is broken, so the server has seen the end of it or soon will.
            }
        }
    }

    private synchronized boolean isTooLate(Connection connection) throws SQLException {
        for (Iterator<Connection> each = opened.iterator(); each.hasNext(); ) {
            if (each.next().isClosed()) {
                each.remove();
            }
        }
        opened.add(connection);
        return closed;
    }

    private synchronized List<Connection> lastOnes() {
        closed = true;
        return List.copyOf(opened);
    }

    private Properties properties() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", options.user());
        password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("sslmode", options.tls().mode());
        options.tlsRoots()
                .ifPresentOrElse(
                        file -> properties.setProperty("sslrootcert", file.toString()),
                        () -> properties.setProperty(
                                "sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"));
        // A copy that lags behind would not know the last revocations.
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("ApplicationName", "meterport");
        properties.setProperty("assumeMinServerVersion", "15");
        properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
        properties.setProperty("loginTimeout", SECONDS_TO_CONNECT);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("prepareThreshold", options.prepared() ? "5" : "0");
        if (!options.prepared()) {
            properties.setProperty("preparedStatementCacheQueries", "0");
        }
        return properties;
    }

    private Optional<String> password() throws SQLException {
        if (options.passwordFile().isEmpty()) {
            return options.password();
        }
        try {
            List<String> lines = Files.readAllLines(options.passwordFile().get());
            return lines.stream().findFirst();
        } catch (IOException e) {
            throw new SQLException("the file of the password cannot be read", "28000", e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return SECONDS_TO_CLOSE;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
