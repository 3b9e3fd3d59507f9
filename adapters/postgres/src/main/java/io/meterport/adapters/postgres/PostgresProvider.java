package io.meterport.adapters.postgres;

import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.application.spi.Provider;
import java.time.InstantSource;
import java.util.Map;

/** Opens a PostgreSQL storage by configuration. */
public final class PostgresProvider implements Provider<PostgresStorage> {
    private final InstantSource time;

    /**
     * @param time says when events were stored
     */
    public PostgresProvider(InstantSource time) {
        this.time = time;
    }

    @Override
    public String type() {
        return "postgres";
    }

    @Override
    public void check(Map<String, String> options) {
        var _ = PostgresOptions.of(options);
    }

    /**
     * Opens it; {@code url} and {@code user} are the options that are needed.
     *
     * @throws IllegalArgumentException naming an option that is unknown or wrong
     * @throws IllegalStateException with a sentence for the operator if the database cannot be used
     */
    @Override
    public PostgresStorage open(Map<String, String> options) {
        return PostgresStorage.open(PostgresOptions.of(options), time);
    }
}
