package io.meterport.bootstrap.powerfail;

import io.meterport.bootstrap.bench.RawConnection;
import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.ledger.Account;
import io.meterport.bootstrap.ledger.Ledger;
import io.meterport.bootstrap.ledger.Meters;
import io.meterport.bootstrap.ledger.MixedLoad;
import io.meterport.bootstrap.ledger.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is recorded: a first start, meters made and changed while events arrive (which begins
 * rebuilds), tokens made and revoked, backups made, a stop (which moves the log into the file), a start, a kill,
 * and a start that has to recover.
 */
final class Session {
    private static final MixedLoad.Clients CLIENTS = new MixedLoad.Clients(3, 8, 0, 12);
    private static final String[] JVM = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"};
    private static final Pattern SHA256 = Pattern.compile("\"sha256\":\"([0-9a-f]{64})\"");
    private static final int BATCHES = 12;
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long PAUSE_NANOS = 5_000_000;

    private final Path data;
    private final Map<String, String> environment;
    private final Optional<Path> overlay;
    private final Ledger ledger;
    private final Target target = new Target();
    private final Map<String, Long> meters = new LinkedHashMap<>();
    private final List<Promises.Backup> backups = new ArrayList<>();
    private final long seed;
    private long readyAt = Long.MAX_VALUE;

    private Session(Path place, Map<String, String> environment, Optional<Path> overlay, long seed)
            throws IOException {
        this.data = Files.createDirectories(place.resolve("data"));
        this.environment = environment;
        this.overlay = overlay;
        this.ledger = new Ledger(place.resolve("journal"));
        this.seed = seed;
    }

    /**
     * Lives through it and returns what was promised.
     *
     * @param overlay classes that the server runs instead of its own
     */
    static Promises run(
            Path place, Map<String, String> environment, Optional<Path> overlay, long seed)
            throws IOException {
        Session session = new Session(place, environment, overlay, seed);
        session.run();
        Account account = session.ledger.account();
        session.ledger.close();
        return new Promises(
                session.readyAt,
                session.meters,
                session.backups,
                account.batches(),
                account.tokens());
    }

    private void run() throws IOException {
        List<String> slugs = List.copyOf(Meters.definitions().keySet());
        try (ServerProcess server = start()) {
            readyAt = System.nanoTime();
            define(server, slugs.subList(0, 3));
            try (MixedLoad _ = load(server, 0)) {
                awaitBatches(BATCHES);
                define(server, slugs.subList(3, 5));
                awaitBatches(2 * BATCHES);
                relabel(server, slugs.getFirst());
                backUp(server);
                awaitBatches(3 * BATCHES);
            }
        }
        ServerProcess killed = start();
        try (MixedLoad _ = load(killed, 1)) {
            awaitBatches(4 * BATCHES);
            define(killed, slugs.subList(5, 7));
            backUp(killed);
            awaitBatches(5 * BATCHES);
            target.down();
            killed.kill();
            try (ServerProcess recovered = start()) {
                target.up(recovered.port(), recovered.key());
                awaitBatches(6 * BATCHES);
                target.down();
            }
            killed = start();
            target.up(killed.port(), killed.key());
        }
        killed.close();
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(data, environment, overlay, JVM);
    }

    private MixedLoad load(ServerProcess server, int phase) {
        target.up(server.port(), server.key());
        return MixedLoad.start(ledger, target, CLIENTS, 10 * seed + phase);
    }

    private void define(ServerProcess server, List<String> slugs) throws IOException {
        for (String slug : slugs) {
            call(server, "POST", "/api/v1/meters", Meters.definitions().get(slug));
            meters.put(slug, System.nanoTime());
        }
    }

    private void backUp(ServerProcess server) throws IOException {
        String name = "backup-" + backups.size() + ".db";
        String answer = call(server, "POST", "/api/v1/backups", "{\"name\":\"" + name + "\"}");
        Matcher sum = SHA256.matcher(answer);
        if (!sum.find()) {
            throw new IllegalStateException(answer);
        }
        backups.add(new Promises.Backup("backups/" + name, sum.group(1), System.nanoTime()));
    }

    private static void relabel(ServerProcess server, String slug) throws IOException {
        call(server, "PUT", "/api/v1/meters/" + slug, """
                {"groupBy":{"model":"$.model","kind":"$.kind"}}""");
    }

    private static String call(ServerProcess server, String method, String path, String body)
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

    private void awaitBatches(int count) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (ledger.batches() < count) {
            if (System.nanoTime() > end || !ledger.violations().isEmpty()) {
                throw new IllegalStateException("no load: " + ledger.violations());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
