package io.meterport.adapters.sqlite;

import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.Provider;
import java.time.InstantSource;
import java.util.Map;

/** Opens a SQLite storage by configuration. */
public final class SqliteProvider implements Provider<SqliteStorage> {
    private final InstantSource time;

    /**
     * @param time says when events were stored
     */
    public SqliteProvider(InstantSource time) {
        this.time = time;
    }

    @Override
    public String type() {
        return "sqlite";
    }

    @Override
    public void check(Map<String, String> options) {
        var _ = SqliteOptions.of(options);
    }

    /**
     * Opens it; {@code path} is the only option that is needed.
     *
     * @throws IllegalArgumentException naming an option that is unknown or wrong
     * @throws IllegalStateException with a sentence for the operator if the file cannot be used
     */
    @Override
    public SqliteStorage open(Map<String, String> options) {
        return SqliteStorage.open(SqliteOptions.of(options), time);
    }
}
