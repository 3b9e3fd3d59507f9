package io.meterport.bootstrap;

import io.meterport.adapters.postgres.PostgresStorage;
import io.meterport.adapters.postgres.TestServer;
import io.meterport.adapters.postgres.server.PostgresOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the servers of tests keep their data in: SQLite, or PostgreSQL where the property {@code
 * tests.storage} says so. Then each data folder has a database of its own.
 */
final class TestStorage {
    private static final Map<Path, String> DATABASES = new ConcurrentHashMap<>();

    /** Made once, since copying tables is faster than making them. */
    private static final class Template {
        static final String NAME = make();

        private static String make() {
            String name = TestServer.shared().newDatabase();
            PostgresStorage.migrate(PostgresOptions.of(TestServer.shared().options(name)));
            return name;
        }
    }

    private TestStorage() {}

    /** The settings by which a server with that data folder finds it. */
    static Map<String, String> settings(Path data) {
        return "postgres".equals(System.getProperty("tests.storage"))
                ? postgres(DATABASES.computeIfAbsent(
                        data, missing -> TestServer.shared().newDatabase(Template.NAME)))
                : Map.of();
    }

    /** The settings for that database of the shared server. */
    static Map<String, String> postgres(String database) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("storage.events.type", "postgres");
        settings.put("storage.catalog.type", "postgres");
        TestServer.shared()
                .options(database)
                .forEach((name, value) -> settings.put("storage.postgres." + name, value));
        settings.put("storage.postgres.pool", "8");
        return settings;
    }
}
