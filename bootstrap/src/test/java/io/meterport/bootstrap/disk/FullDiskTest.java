package io.meterport.bootstrap.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.bench.RawConnection;
import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.bench.Succession;
import io.meterport.bootstrap.ledger.Audit;
import io.meterport.bootstrap.ledger.Ledger;
import io.meterport.bootstrap.ledger.Meters;
import io.meterport.bootstrap.ledger.MixedLoad;
import io.meterport.bootstrap.ledger.Target;
import io.meterport.bootstrap.proof.Report;
import io.meterport.bootstrap.proof.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * R4: a disk that is full and free again, over and over, under mixed load: events are refused with
 * 503 and nothing else, reading goes on, and writing too as soon as there is room.
 */
@Tag("profile")
class FullDiskTest {
    private static final MixedLoad.Clients CLIENTS = new MixedLoad.Clients(4, 100, 2, 100);
    private static final String COUNT = "/api/v1/meters/" + Meters.COUNT + "/query";
    private static final int QUESTIONS = 20;
    private static final int BATCHES_EACH = 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    @TempDir
    private Path folder;

    private long number;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void whileTheDiskIsFullEventsAreRefusedAndAllElseGoesOn() throws Exception {
        int cycles = Size.of("cycles", 20);
        long longest = 0;
        try (Mount disk = Mount.at(folder.resolve("disk"), "size=512m")) {
            Path data = Files.createDirectory(folder.resolve("disk").resolve("data"));
            // What the server says is to be found even when the disk is full.
            Files.createSymbolicLink(data.resolve("server.log"), folder.resolve("server.log"));
            try (Ledger ledger = new Ledger(folder.resolve("journal"));
                    Succession servers = new Succession(() -> ServerProcess.start(data))) {
                ServerProcess server = servers.now();
                for (String meter : Meters.definitions().values()) {
                    assertThat(post(server, "/api/v1/meters", "application/json", meter))
                            .isEqualTo(200);
                }
                Target target = new Target();
                target.up(server.port(), server.key());
                try (MixedLoad _ = MixedLoad.start(ledger, target, CLIENTS, Size.seed())) {
                    for (int cycle = 0; cycle < cycles; cycle++) {
                        awaitBatches(ledger, (long) (cycle + 1) * BATCHES_EACH);
                        disk.fill();
                        try {
                            await(503, server);
                            readsGoOn(server);
                        } finally {
                            disk.free();
                        }
                        longest = Math.max(longest, await(204, server));
                    }
                }

                assertThat(ledger.violations()).isEmpty();
                assertThat(ledger.account().failures()).as("the load met it").isPositive();
                assertThat(server.process().isAlive()).isTrue();
                Audit audit = new Audit(ledger.account(), target);
                assertThat(audit.usage()).isEmpty();
                Report.add(
                        "R4 disk full and free again",
                        "%,d times, %,d events, %,d refused; writing again after %.2f s at most"
                                .formatted(
                                        cycles,
                                        audit.events(),
                                        ledger.account().failures(),
                                        longest / 1e9));
            }
        }
    }

    private static void readsGoOn(ServerProcess server) throws IOException {
        for (int i = 0; i < QUESTIONS; i++) {
            try (RawConnection connection = new RawConnection(server.port())) {
                assertThat(connection.exchange(RawConnection.get(COUNT, server.key())))
                        .as("reading on a full disk: %s", connection.body())
                        .isEqualTo(200);
            }
        }
    }

    /** Sends events of a type that nothing counts until they get that answer; returns how long. */
    private long await(int status, ServerProcess server) throws IOException {
        long begin = System.nanoTime();
        int answer = 0;
        while (answer != status) {
            assertThat(System.nanoTime() - begin).isLessThan(PATIENCE_NANOS);
            answer = post(server, "/api/v1/events", "application/cloudevents+json", """
                    {"specversion":"1.0","source":"disk","id":"%d","type":"probe",\
                    "subject":"acme","time":"2026-11-20T09:00:00Z","data":{"text":"%s"}}""".formatted(
                            ++number, "x".repeat(5_000)));
            assertThat(answer).isIn(204, 503);
        }
        return System.nanoTime() - begin;
    }

    private static int post(ServerProcess server, String path, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (RawConnection connection = new RawConnection(server.port())) {
            return connection.exchange(RawConnection.post(path, server.key(), type, bytes));
        }
    }

    private static void awaitBatches(Ledger ledger, long count) {
        long begin = System.nanoTime();
        while (ledger.batches() < count) {
            assertThat(System.nanoTime() - begin).isLessThan(PATIENCE_NANOS);
            assertThat(ledger.violations()).isEmpty();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
