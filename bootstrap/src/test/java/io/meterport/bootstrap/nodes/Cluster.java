package io.meterport.bootstrap.nodes;

import io.meterport.adapters.postgres.TestServer;
import io.meterport.adapters.redis.FaultProxy;
import io.meterport.adapters.redis.TestRedis;
import io.meterport.bootstrap.bench.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Three server processes over one database, each with a way of its own to one Redis, and with
 * the same settings but for ports.
 */
final class Cluster implements AutoCloseable {
    static final int NODES = 3;

    private static final String[] SMALL = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"
    };

    private final Path folder;
    private final String database = TestServer.shared().newDatabase();
    private TestRedis redis = TestRedis.start().ready();
    private final List<FaultProxy> ways = new ArrayList<>();
    private final List<ServerProcess> servers = new ArrayList<>();
    private final Map<String, String> more;

    /**
     * Starts all of it.
     *
     * @param more for the environment of each server
     */
    Cluster(Path folder, Map<String, String> more) throws IOException {
        this.folder = folder;
        this.more = more;
        for (int i = 0; i < NODES; i++) {
            ways.add(new FaultProxy(redis.port()));
            servers.add(start(i));
        }
    }

    TestRedis redis() {
        return redis;
    }

    /** Another Redis takes over, which knows nothing; the one before is gone. */
    void failOver() {
        TestRedis before = redis;
        redis = TestRedis.start().ready();
        ways.forEach(way -> way.leadTo(redis.port()));
        before.close();
    }

    /** The way of that node to Redis. */
    FaultProxy way(int node) {
        return ways.get(node);
    }

    Node node(int node) {
        return new Node(servers.get(node).port(), servers.get(0).key());
    }

    /** What of it events are sent to. */
    ServerProcess server(int node) {
        return servers.get(node);
    }

    /** Stops that node as an operator would and starts it again, with these classes if any. */
    void upgrade(int node, Optional<Path> overlay) throws IOException {
        servers.get(node).close();
        servers.set(node, start(node, overlay));
    }

    /** Kills that node at once. */
    void kill(int node) {
        servers.get(node).kill();
    }

    /** Starts that node again after it was killed. */
    void startAgain(int node) throws IOException {
        servers.set(node, start(node));
    }

    /** Kills that node at once and starts it again. */
    void restart(int node) throws IOException {
        kill(node);
        startAgain(node);
    }

    /** Stops that process in the middle of what it does. */
    void freeze(int node) {
        signal(node, "STOP");
    }

    /** Lets it go on. */
    void thaw(int node) {
        signal(node, "CONT");
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::kill);
        ways.forEach(FaultProxy::close);
        redis.close();
    }

    private ServerProcess start(int node) throws IOException {
        return start(node, Optional.empty());
    }

    private ServerProcess start(int node, Optional<Path> overlay) throws IOException {
        Path data = folder.resolve("node-" + node);
        if (!Files.exists(data)) {
            Files.createDirectory(data);
            if (node > 0) {
                // They share their keys, so whichever came first wrote it down for all.
                Files.copy(
                        servers.getFirst().data().resolve("admin-key"), data.resolve("admin-key"));
            }
        }
        Map<String, String> environment = new HashMap<>(Map.of(
                "METERPORT_STORAGE_EVENTS_TYPE",
                "postgres",
                "METERPORT_STORAGE_CATALOG_TYPE",
                "postgres",
                "METERPORT_STORAGE_POSTGRES_URL",
                TestServer.shared().url(database),
                "METERPORT_STORAGE_POSTGRES_USER",
                TestServer.USER,
                "METERPORT_STORAGE_POSTGRES_PASSWORD",
                TestServer.PASSWORD,
                "METERPORT_STORAGE_POSTGRES_POOL",
                "8",
                "METERPORT_PORTAL_REVOCATIONS_TYPE",
                "redis",
                "METERPORT_PORTAL_REVOCATIONS_REDIS_PORT",
                "" + ways.get(node).port()));
        environment.putAll(more);
        return ServerProcess.start(data, environment, overlay, SMALL);
    }

    private void signal(int node, String name) {
        try {
            long process = servers.get(node).process().pid();
            new ProcessBuilder("kill", "-" + name, "" + process).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
