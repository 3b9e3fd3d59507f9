package io.meterport.bootstrap.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.bench.Succession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * R20: SIGTERM under load cuts no request. Each is either answered whole and well, or was not read:
 * then nothing of it is stored.
 */
class StopTest {
    private static final int CLIENTS = 12;
    private static final long LEAST_MILLIS = 100;
    private static final long MOST_MILLIS = 800;
    private static final long PATIENCE_SECONDS = 60;
    private static final int SIGTERM_EXIT = 143;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void stoppingCutsNoRequest() throws Exception {
        int stops = Size.of("stops", 5);
        Random random = new Random(Size.seed());
        var seen = new StopClient.Seen(
                new AtomicLong(),
                new AtomicLong(),
                new AtomicLong(),
                new ConcurrentLinkedQueue<>());
        Times times = new Times();
        try (Succession servers = new Succession(() -> Servers.start(folder))) {
            Servers.defineMeters(servers.now());
            for (int stop = 0; stop < stops; stop++) {
                long pause = random.nextLong(LEAST_MILLIS, MOST_MILLIS);

                times.add(stopUnderLoad(servers.now(), stop, pause, seen));

                assertThat(seen.wrong()).isEmpty();
                assertThat(folder.resolve("meterport.db-wal")).doesNotExist();
                assertThat(Servers.get(servers.next(), "/api/v1/meters/m_count/query"))
                        .as("exactly what was acknowledged is stored, so nothing else was read")
                        .contains("\"value\":" + seen.stored() + ",");
            }
        }
        Report.add(
                "R20 SIGTERM under load",
                "%,d stops, %,d requests answered, %,d not read, 0 cut; stopped: %s"
                        .formatted(stops, seen.answered().get(), seen.unread().get(), times));
        assertThat(seen.answered()).hasValueGreaterThan(stops);
    }

    /** Returns how long the stop took, in nanoseconds. */
    private static long stopUnderLoad(
            ServerProcess server, int stop, long pauseMillis, StopClient.Seen seen)
            throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(Thread.ofVirtual()
                    .start(new StopClient(server, "stop-" + stop + "-" + i, i % 3 > 0, seen)));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
        long start = System.nanoTime();
        server.process().toHandle().destroy();
        assertThat(server.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        long nanos = System.nanoTime() - start;
        assertThat(server.process().exitValue()).isEqualTo(SIGTERM_EXIT);
        for (Thread thread : threads) {
            thread.join();
        }
        return nanos;
    }
}
