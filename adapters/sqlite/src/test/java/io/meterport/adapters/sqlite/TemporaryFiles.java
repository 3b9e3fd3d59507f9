package io.meterport.adapters.sqlite;

import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.WholeStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;

/** Storages in folders that are gone when the tests have run. */
final class TemporaryFiles {
    private TemporaryFiles() {}

    /** A new, empty storage in a folder of its own. */
    static WholeStorage open() {
        return WholeStorage.of(open(folder()));
    }

    /** The storage in that folder, at noon of the samples: what they make has not expired yet. */
    static SqliteStorage open(Path folder) {
        return open(folder, Samples.NOON);
    }

    /** The storage in that folder, at that time for ever. */
    static SqliteStorage open(Path folder, Instant now) {
        return SqliteStorage.open(SqliteOptions.at(folder), InstantSource.fixed(now));
    }

    /** A new folder. */
    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("meterport-sqlite");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
