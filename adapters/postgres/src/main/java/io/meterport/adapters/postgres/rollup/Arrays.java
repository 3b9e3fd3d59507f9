package io.meterport.adapters.postgres.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Binds columns of many rows as arrays. */
public final class Arrays {
    private final Connection connection;
    private final PreparedStatement statement;

    /** For the parameters of that statement. */
    public Arrays(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /** An array of {@code bigint}. */
    public void longs(int parameter, long[] values) throws SQLException {
        statement.setArray(parameter, connection.createArrayOf("int8", boxed(values)));
    }

    /** An array of {@code int}. */
    public void ints(int parameter, int[] values) throws SQLException {
        Integer[] boxed = new Integer[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        statement.setArray(parameter, connection.createArrayOf("int4", boxed));
    }

    /** An array of {@code uuid}. */
    public void uuids(int parameter, UUID[] values) throws SQLException {
        statement.setArray(parameter, connection.createArrayOf("uuid", values));
    }

    /** An array of {@code text}. */
    public void texts(int parameter, String[] values) throws SQLException {
        statement.setArray(parameter, connection.createArrayOf("text", values));
    }

    /** An array of that type. */
    public void of(int parameter, String type, Object[] values) throws SQLException {
        statement.setArray(parameter, connection.createArrayOf(type, values));
    }

    private static Long[] boxed(long[] values) {
        Long[] boxed = new Long[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }
}
