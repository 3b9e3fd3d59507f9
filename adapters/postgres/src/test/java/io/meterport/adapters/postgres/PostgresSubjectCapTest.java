package io.meterport.adapters.postgres;

import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.SubjectCapContract;
import io.meterport.application.spi.WholeStorage;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

class PostgresSubjectCapTest extends SubjectCapContract {
    private final Map<String, String> databases = new HashMap<>();

    @Override
    protected WholeStorage open(String name, Map<String, String> options) {
        String database = databases.computeIfAbsent(name, missing -> Databases.newDatabase());
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(TestServer.shared().options(database));
        return WholeStorage.of(PostgresStorage.open(
                PostgresOptions.of(all), InstantSource.fixed(Samples.RECEIVED)));
    }

    @Override
    protected String logger() {
        return "io.meterport.adapters.postgres.event";
    }
}
