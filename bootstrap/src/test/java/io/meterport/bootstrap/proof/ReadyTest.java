package io.meterport.bootstrap.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.bench.RawConnection;
import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.bench.Succession;
import io.meterport.bootstrap.bench.Workload;
import io.meterport.bootstrap.ledger.Ledger;
import io.meterport.bootstrap.ledger.MixedLoad;
import io.meterport.bootstrap.ledger.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** R1: how soon a server with much data is ready again after it was killed under load. */
@Tag("profile")
class ReadyTest {
    private static final int KILLS = 20;
    private static final int BATCH = 1_000;
    private static final int CLIENTS = 4;
    private static final double GENEROUS_SECONDS = 60;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void isReadySoonAfterAKillWithMuchData() throws Exception {
        long mebibytes = Size.of("mebibytes", 1_024);
        Path data = Files.createDirectory(folder.resolve("data"));
        Times ready = new Times();
        try (Succession servers = new Succession(() -> ServerProcess.start(data))) {
            Servers.defineMeters(servers.now());
            fill(servers.now(), data.resolve("meterport.db"), mebibytes << 20);

            killUnderLoad(servers, ready);
            backUpAndRestore(servers);
        }
        long size = Files.size(data.resolve("meterport.db"));
        Report.add(
                "R1 ready again after kill -9, %,d MiB".formatted(size >> 20),
                "%d kills; %s".formatted(KILLS, ready));
        assertThat(ready.seconds(1)).isLessThan(GENEROUS_SECONDS);
    }

    private void killUnderLoad(Succession servers, Times ready) throws IOException {
        Target target = new Target();
        Random random = new Random(Size.seed());
        target.up(servers.now().port(), servers.now().key());
        try (Ledger ledger = new Ledger(folder.resolve("journal"))) {
            try (MixedLoad _ =
                    MixedLoad.start(ledger, target, MixedLoad.Clients.USUAL, Size.seed())) {
                for (int i = 0; i < KILLS; i++) {
                    LockSupport.parkNanos(
                            TimeUnit.MILLISECONDS.toNanos(random.nextLong(500, 3_000)));
                    target.down();
                    ServerProcess server = servers.next();
                    ready.add(server.startNanos());
                    target.up(server.port(), server.key());
                }
            }
            assertThat(ledger.violations()).isEmpty();
        }
    }

    /** R22: how long a backup takes, and from a backup to a server that listens. */
    private void backUpAndRestore(Succession servers) throws Exception {
        long begin = System.nanoTime();
        Servers.post(servers.now(), "/api/v1/backups", "{\"name\":\"whole.db\"}");
        double backup = (System.nanoTime() - begin) / 1e9;
        Path file = servers.now().data().resolve("backups").resolve("whole.db");
        double gibibytes = Files.size(file) / 1_073_741_824.0;
        servers.close();
        Path data = Files.createDirectory(folder.resolve("restored"));
        // The key of the operator is no part of a backup.
        Files.copy(servers.now().data().resolve("admin-key"), data.resolve("admin-key"));
        begin = System.nanoTime();
        Servers.restore(file, data);
        double restore = (System.nanoTime() - begin) / 1e9;
        double start;
        try (ServerProcess restored = ServerProcess.start(data)) {
            start = restored.startNanos() / 1e9;
        }
        Report.add(
                "R22 a backup of %.2f GiB".formatted(gibibytes),
                "made in %.1f s, restored in %.1f s, ready %.1f s later: %.1f s per GiB"
                        .formatted(backup, restore, start, (restore + start) / gibibytes));
        assertThat((restore + start) / gibibytes).isLessThan(GENEROUS_SECONDS);
    }

    private static void fill(ServerProcess server, Path file, long bytes) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Workload work = new Workload(i, Instant.now(), Duration.ofDays(2));
            threads.add(Thread.ofVirtual().start(() -> {
                try (RawConnection connection = new RawConnection(server.port())) {
                    while (Files.size(file) < bytes) {
                        connection.exchange(RawConnection.post(
                                "/api/v1/events",
                                server.key(),
                                "application/cloudevents-batch+json",
                                work.batch(BATCH)));
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Files.size(file)).isGreaterThanOrEqualTo(bytes);
    }
}
