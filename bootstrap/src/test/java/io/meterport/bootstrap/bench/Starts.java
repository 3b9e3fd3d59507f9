package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How long a start takes and how much memory is resident, by the launcher and without it. */
final class Starts {
    private static final int STARTS = 10;
    private static final int CONNECTIONS = 8;
    private static final double MEBI = 1_048_576;

    private final Duration time;
    private final int events;

    Starts(Duration time, int events) {
        this.time = time;
        this.events = events;
    }

    void run() throws IOException {
        Stores.inNewFolder(folder -> {
            try (ServerProcess server = Stores.start(folder, Map.of())) {
                Stores.defineMeters(server);
                fill(server);
            }
            String size = "%,.0f MiB of data"
                    .formatted(Files.size(folder.resolve("meterport.db")) / MEBI);
            starts("java alone, " + size, () -> ServerProcess.start(folder, "-XX:+UseSerialGC"));
            Path launcher = launcher();
            makeCache(launcher);
            starts(
                    "the launcher with its AOT cache, " + size,
                    () -> ServerProcess.launch(launcher, folder));
        });
        for (String heap : new String[] {"128m", "512m"}) {
            Stores.inNewFolder(folder -> underLoad(folder, heap));
        }
    }

    private interface Start {
        ServerProcess now() throws IOException;
    }

    private static void starts(String how, Start start) throws IOException {
        double[] millis = new double[STARTS];
        double resident = 0;
        for (int i = 0; i < STARTS; i++) {
            try (ServerProcess server = start.now()) {
                millis[i] = server.startNanos() / 1e6;
                resident = server.residentBytes() / MEBI;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "| start until it listens, %s; resident %.0f MiB | | %d starts | %.0f – %.0f ms"
                        + " | %.0f | %.0f | |%n",
                how,
                resident,
                STARTS,
                millis[0],
                millis[STARTS - 1],
                millis[STARTS / 2],
                millis[STARTS - 1]);
    }

    private void underLoad(Path folder, String heap) throws IOException {
        try (ServerProcess server = ServerProcess.start(
                folder,
                Map.of(),
                Optional.empty(),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx" + heap)) {
            Stores.defineMeters(server);
            Tally tally = new Tally();
            Load.Result sent = Load.run(
                    server.port(),
                    CONNECTIONS,
                    time.multipliedBy(4),
                    204,
                    i -> Asked.batches(server.key(), i, tally));
            Prepared.requireExact(server, new Prepared.Counted(0, 0), tally);
            System.out.printf(
                    "| ingest in batches with a heap of %s; resident %.0f MiB | %d | %,.0f | | %.2f"
                            + " | %.2f | |%n",
                    heap,
                    server.residentBytes() / MEBI,
                    CONNECTIONS,
                    sent.perSecond() * Asked.BATCH,
                    sent.p50Millis(),
                    sent.p99Millis());
        }
    }

    private void fill(ServerProcess server) {
        Load.run(server.port(), CONNECTIONS, Duration.ofHours(1), events / Asked.BATCH, 204, i -> {
            Workload work = new Workload(i, Instant.now(), Duration.ofHours(1));
            return () -> Asked.batch(server.key(), work.batch(Asked.BATCH));
        });
    }

    /** Of the archive that was packaged last. */
    private static Path launcher() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("target"))) {
            return folders.map(folder -> folder.resolve("bin/meterport"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing is packaged"))
                    .toAbsolutePath();
        }
    }

    private static void makeCache(Path launcher) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--make-aot-cache");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the AOT cache could not be made");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
