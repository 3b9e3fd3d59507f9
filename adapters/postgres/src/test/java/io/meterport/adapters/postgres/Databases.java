package io.meterport.adapters.postgres;

import io.meterport.adapters.postgres.server.PostgresOptions;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.WholeStorage;
import java.time.Instant;
import java.time.InstantSource;

/** Storages in databases of the shared server. */
final class Databases {
    /** Made once, since copying tables is faster than making them. */
    private static final class Template {
        static final String NAME = make();

        private static String make() {
            String name = TestServer.shared().newDatabase();
            var _ = PostgresStorage.migrate(options(name));
            return name;
        }
    }

    private Databases() {}

    /** A new, empty storage in a database of its own. */
    static WholeStorage open() {
        return WholeStorage.of(open(newDatabase()));
    }

    /** The name of a new database with all tables, and nothing in them. */
    static String newDatabase() {
        return TestServer.shared().newDatabase(Template.NAME);
    }

    /** The storage in that database, at noon of the samples: what they make has not expired yet. */
    static PostgresStorage open(String database) {
        return open(database, Samples.NOON);
    }

    /** The storage in that database, at that time for ever. */
    static PostgresStorage open(String database, Instant now) {
        return PostgresStorage.open(options(database), InstantSource.fixed(now));
    }

    static PostgresOptions options(String database) {
        return PostgresOptions.of(TestServer.shared().options(database));
    }
}
