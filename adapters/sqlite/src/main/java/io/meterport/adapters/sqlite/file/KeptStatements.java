package io.meterport.adapters.sqlite.file;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Gives JDBI the same prepared statement for the same text again: preparing costs more than running
 * most of ours. All texts are constants, so that there are few. The last user of a statement has
 * closed its results, since all of them are read into lists.
 */
final class KeptStatements implements StatementBuilder {
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
            throws SQLException {
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return connection.prepareCall(sql);
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        if (statement instanceof PreparedStatement prepared) {
            prepared.clearParameters();
        } else {
            statement.close();
        }
    }

    @Override
    public void close(Connection connection) {
        kept.clear();
    }
}
