package io.meterport.bootstrap.bench;

import io.meterport.adapters.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Workload W over HTTP against one, two and three nodes that share a PostgreSQL of their own, fsync
 * on, all on this machine; beside it what that PostgreSQL can do at most. */
final class NodesBenchmark {
    private static final int MOST_NODES = 3;
    private static final int BATCH_CONNECTIONS = 8;
    private static final int SINGLE_CONNECTIONS = 64;
    private static final int QUERY_CONNECTIONS = 32;

    private final Duration time;
    private final int events;
    private final Path pgbench;
    private final TestServer postgres;

    private NodesBenchmark(Duration time, int events, Path pgbench, TestServer postgres) {
        this.time = time;
        this.events = events;
        this.pgbench = pgbench;
        this.postgres = postgres;
    }

    /** Measures for a time, each query over so many events, beside what the program given does. */
    static void run(Duration time, int events, Path pgbench) throws IOException, SQLException {
        try (TestServer postgres = TestServer.start(
                "fsync=on", "full_page_writes=on", "shared_buffers=1GB", "max_wal_size=4GB")) {
            new NodesBenchmark(time, events, pgbench, postgres).run();
        }
    }

    private void run() throws IOException, SQLException {
        for (int nodes = 1; nodes <= MOST_NODES; nodes++) {
            int count = nodes;
            Stores.inNewFolder(folder -> ingest(open(folder, count)));
            Stores.inNewFolder(folder -> query(open(folder, count)));
        }
        Rounds.number(
                "limit: rows of as many bytes by COPY into a bare table, 1,000 a transaction",
                PostgresLimits.copiedRowsPerSecond(postgres, time));
    }

    /** Nodes on one new database. */
    private record Nodes(List<ServerProcess> all, String database) implements AutoCloseable {
        ServerProcess first() {
            return all.getFirst();
        }

        int[] ports() {
            return all.stream().mapToInt(ServerProcess::port).toArray();
        }

        List<Process> processes() {
            return all.stream().map(ServerProcess::process).toList();
        }

        @Override
        public void close() {
            all.forEach(ServerProcess::close);
        }
    }

    private Nodes open(Path folder, int count) throws IOException {
        String database = postgres.newDatabase();
        List<ServerProcess> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path data = Files.createDirectory(folder.resolve("node-" + i));
            if (i > 0) {
                // The first node made the key of all of them.
                Files.copy(folder.resolve("node-0/admin-key"), data.resolve("admin-key"));
            }
            nodes.add(Stores.start(data, environment(database)));
        }
        Stores.defineMeters(nodes.getFirst());
        return new Nodes(nodes, database);
    }

    private Map<String, String> environment(String database) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("METERPORT_STORAGE_EVENTS_TYPE", "postgres");
        environment.put("METERPORT_STORAGE_CATALOG_TYPE", "postgres");
        postgres.options(database)
                .forEach((name, value) -> environment.put(
                        "METERPORT_STORAGE_POSTGRES_" + name.toUpperCase(Locale.ROOT), value));
        return environment;
    }

    private void ingest(Nodes opened) {
        try (Nodes nodes = opened) {
            String key = nodes.first().key();
            Rounds.report(
                    nodes.processes(),
                    of(nodes) + "ingest, batches of 1,000, events",
                    BATCH_CONNECTIONS,
                    Asked.BATCH,
                    () -> Load.run(
                            nodes.ports(),
                            BATCH_CONNECTIONS,
                            time,
                            204,
                            i -> Asked.batches(key, i)));
            Rounds.report(
                    nodes.processes(),
                    of(nodes) + "ingest, single events",
                    SINGLE_CONNECTIONS,
                    1,
                    () -> Load.run(
                            nodes.ports(),
                            SINGLE_CONNECTIONS,
                            time,
                            204,
                            i -> Asked.singles(key, i)));
        }
    }

    private void query(Nodes opened) throws IOException {
        try (Nodes nodes = opened) {
            Stores.fillEachDay(nodes.first());
            Stores.fill(nodes.first(), events - Stores.EVENTS_OF_EACH_DAY);
            byte[][] requests = Asked.months(Stores.tokens(nodes.first()));
            Load.Result asked = Rounds.report(
                    nodes.processes(),
                    of(nodes) + "portal query, 31 days, %,d events".formatted(events),
                    QUERY_CONNECTIONS,
                    1,
                    () -> Load.run(
                            nodes.ports(),
                            QUERY_CONNECTIONS,
                            time,
                            200,
                            i -> Asked.inTurn(requests, i)));
            if (nodes.all().size() == 1) {
                double bare = PostgresLimits.selectsPerSecond(
                        pgbench, postgres, nodes.database(), QUERY_CONNECTIONS, time);
                Rounds.number("limit: pgbench with the select of such a query", bare);
                Rounds.number(
                        "a portal query, in hundredths of pgbench's rate",
                        100 * asked.perSecond() / bare);
            }
        }
    }

    private static String of(Nodes nodes) {
        int count = nodes.all().size();
        return count + (count == 1 ? " node: " : " nodes: ");
    }
}
