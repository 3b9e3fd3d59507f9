package io.meterport.bootstrap.bench;

import io.meterport.adapters.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How fast {@code copy} moves the events of workload W from a file to a PostgreSQL, fsync on. */
final class Copying {
    private Copying() {}

    /** Fills a file with so many, and moves it. */
    static void run(int events) throws IOException {
        try (TestServer postgres = TestServer.start(
                "fsync=on", "full_page_writes=on", "shared_buffers=1GB", "max_wal_size=4GB")) {
            Stores.inNewFolder(data -> {
                try (ServerProcess server = Stores.start(data, Map.of())) {
                    Stores.defineMeters(server);
                    Stores.fill(server, events);
                }
                long begun = System.nanoTime();
                copy(data, postgres.options(postgres.newDatabase()));
                double seconds = (System.nanoTime() - begun) / 1e9;
                Rounds.number(
                        "copy of %,d events from SQLite to PostgreSQL, compared: events"
                                .formatted(events),
                        events / seconds);
            });
        }
    }

    private static void copy(Path data, Map<String, String> options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.meterport.bootstrap.Main",
                "copy",
                "--from",
                "sqlite",
                "--to",
                "postgres",
                "--data",
                data.toString()));
        options.forEach((name, value) -> builder.environment()
                .put("METERPORT_STORAGE_POSTGRES_" + name.toUpperCase(Locale.ROOT), value));
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("it was not copied");
        }
    }
}
