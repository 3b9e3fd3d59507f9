package io.meterport.adapters.sqlite;

import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.SubjectCapContract;
import io.meterport.application.spi.WholeStorage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteSubjectCapTest extends SubjectCapContract {
    @TempDir
    private Path folder;

    @Override
    protected WholeStorage open(String name, Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.put("path", folder.resolve(name + ".db").toString());
        return WholeStorage.of(
                SqliteStorage.open(SqliteOptions.of(all), InstantSource.fixed(Samples.RECEIVED)));
    }

    @Override
    protected String logger() {
        return "io.meterport.adapters.sqlite.event";
    }
}
