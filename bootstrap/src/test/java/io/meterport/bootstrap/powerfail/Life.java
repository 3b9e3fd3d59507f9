package io.meterport.bootstrap.powerfail;

import io.meterport.bootstrap.bench.RawConnection;
import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.ledger.Ledger;
import io.meterport.bootstrap.ledger.Meters;
import io.meterport.bootstrap.ledger.MixedLoad;
import io.meterport.bootstrap.ledger.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A data folder, the servers that live in it one after the other, and their clients. */
final class Life implements AutoCloseable {
    private static final MixedLoad.Clients CLIENTS = new MixedLoad.Clients(3, 8, 0, 12);
    private static final String[] JVM = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"};
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long PAUSE_NANOS = 5_000_000;

    private final Path data;
    private final Map<String, String> environment;
    private final Optional<Path> overlay;
    private final Ledger ledger;
    private final Target target = new Target();
    private final Map<String, Long> meters = new LinkedHashMap<>();
    private final long seed;

    /**
     * @param overlay classes that the servers run instead of their own
     */
    Life(Path place, Map<String, String> environment, Optional<Path> overlay, long seed)
            throws IOException {
        this.data = Files.createDirectories(place.resolve("data"));
        this.environment = environment;
        this.overlay = overlay;
        this.ledger = new Ledger(place.resolve("journal"));
        this.seed = seed;
    }

    Ledger ledger() {
        return ledger;
    }

    Target target() {
        return target;
    }

    /** When the making of each meter was acknowledged, by slug. */
    Map<String, Long> meters() {
        return meters;
    }

    /** Starts a server, with that beside what is usual in its environment. */
    ServerProcess start(Map<String, String> more) throws IOException {
        return start(more, overlay);
    }

    /** The same with these classes instead of its own. */
    ServerProcess start(Map<String, String> more, Optional<Path> overlay) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return ServerProcess.start(data, all, overlay, JVM);
    }

    /** Lets clients loose on that server. */
    MixedLoad load(ServerProcess server, int phase) {
        target.up(server.port(), server.key());
        return MixedLoad.start(ledger, target, CLIENTS, 10 * seed + phase);
    }

    void define(ServerProcess server, List<String> slugs) throws IOException {
        for (String slug : slugs) {
            call(server, "POST", "/api/v1/meters", Meters.definitions().get(slug));
            meters.put(slug, System.nanoTime());
        }
    }

    /** Waits until so many batches have been begun, all in all. */
    void awaitBatches(int count) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (ledger.batches() < count) {
            if (System.nanoTime() > end || !ledger.violations().isEmpty()) {
                throw new IllegalStateException("no load: " + ledger.violations());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** What the server answers to that, which has to be good. */
    static String call(ServerProcess server, String method, String path, String body)
            throws IOException {
        byte[] json = body.getBytes(StandardCharsets.UTF_8);
        byte[] post = RawConnection.post(path, server.key(), "application/json", json);
        String request = new String(post, StandardCharsets.UTF_8).replaceFirst("POST", method);
        try (RawConnection connection = new RawConnection(server.port())) {
            int status = connection.exchange(request.getBytes(StandardCharsets.UTF_8));
            if (status != 200 && status != 201) {
                throw new IllegalStateException(status + " " + connection.body());
            }
            return connection.body();
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
