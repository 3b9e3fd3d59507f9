package io.meterport.bootstrap.bench;

import io.meterport.adapters.postgres.TestServer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/** What PostgreSQL can do at most for somebody who stores events or reads sums. */
final class PostgresLimits {
    private static final int COPYING = 2;
    private static final int BATCH = 1_000;
    private static final int BYTES = 430;
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    /** The sums of 31 days and a bit of one subject, as a query of daily windows reads them. */
    private static final String SELECT = """
            \\set subject random(1, 1000)
            select hour, kind, first, last, events, vals, at, number from hour_total
            where build = (select min(number) from build where current) and series = :subject
                and hour >= extract(epoch from now()) / 3600 - 31 * 24
                and hour < extract(epoch from now()) / 3600 + 24
            order by hour;
            """;

    private PostgresLimits() {}

    /** Rows a second into a table with a key and no other index, by two connections. */
    static double copiedRowsPerSecond(TestServer server, Duration time)
            throws SQLException, IOException {
        String database = server.newDatabase();
        server.execute(database, "create table bare (id uuid primary key, data text)");
        long start = System.nanoTime();
        long[] rows = new long[COPYING];
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread[] threads = new Thread[COPYING];
        for (int i = 0; i < COPYING; i++) {
            int mine = i;
            threads[i] = Thread.ofPlatform().start(() -> {
                try {
                    rows[mine] = copy(server, database, start + time.toNanos());
                } catch (SQLException | IOException e) {
                    failure.compareAndSet(null, e);
                }
            });
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return (rows[0] + rows[1]) / ((System.nanoTime() - start) / 1e9);
    }

    private static long copy(TestServer server, String database, long end)
            throws SQLException, IOException {
        String data = "x".repeat(BYTES);
        long rows = 0;
        try (Connection connection = server.connect(database)) {
            PGConnection direct = connection.unwrap(PGConnection.class);
            while (System.nanoTime() < end) {
                StringBuilder text = new StringBuilder(BATCH * (BYTES + 40));
                for (int i = 0; i < BATCH; i++) {
                    text.append(UUID.randomUUID()).append('\t').append(data).append('\n');
                }
                direct.getCopyAPI()
                        .copyIn("copy bare from stdin", new StringReader(text.toString()));
                rows += BATCH;
            }
        }
        return rows;
    }

    /** What pgbench gets out of it with prepared statements over as many connections. */
    static double selectsPerSecond(
            Path pgbench, TestServer server, String database, int connections, Duration time)
            throws IOException {
        try (Connection connection = server.connect(database);
                Statement direct = connection.createStatement()) {
            direct.execute("vacuum analyze hour_total");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Path script = Files.writeString(Files.createTempFile("select", ".sql"), SELECT);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        pgbench.toString(),
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + connections,
                        "--jobs=2",
                        "--time=" + time.toSeconds(),
                        "--file=" + script,
                        "--host=127.0.0.1",
                        "--port=" + server.port(),
                        "--username=" + TestServer.USER,
                        database))
                .redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", TestServer.PASSWORD);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.delete(script);
        Matcher rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IllegalStateException("pgbench says: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }
}
