package io.meterport.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** R18: a thousand streams and two hundred tables that nobody reads on, and a small heap. */
@Tag("profile")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SlowConsumersTest {
    private static final int STREAMS = 1_000;
    private static final int TABLES = 200;
    private static final int SMALL_BUFFER = 4_096;
    private static final int SLICES = 6;
    private static final double BATCHES_PER_SECOND = 5;
    private static final int MOST_TRIES = 600;

    @TempDir
    private Path folder;

    @Test
    void thoseWhoDoNotReadTakeNothingFromThoseWhoDo() throws Exception {
        Duration slice = Minutes.of(30).dividedBy(SLICES);
        try (Laden laden = Laden.start(Files.createDirectory(folder.resolve("data")), "256m")) {
            laden.steady(BATCHES_PER_SECOND, Duration.ofSeconds(5));
            Vitals before = Vitals.of(laden.server());
            List<Socket> slow = new ArrayList<>();
            try {
                connect(laden, slow);
                System.out.printf("%,d streams, %d tables; slices of %s%n", STREAMS, TABLES, slice);
                System.out.println(Vitals.head());
                System.out.println(before.row("before"));
                List<String> rows = new ArrayList<>();
                for (int i = 1; i <= SLICES; i++) {
                    Laden.Both both = laden.steady(BATCHES_PER_SECOND, slice);
                    System.out.println(Vitals.of(laden.server()).row("slice " + i));
                    rows.add(Laden.row("batches in slice " + i, both.batches(), Asked.BATCH));
                    rows.add(Laden.row("queries in slice " + i, both.questions(), 1));
                    assertThat(both.batches().statuses()).containsOnlyKeys(204);
                    assertThat(both.questions().statuses().keySet()).isSubsetOf(200, 503);
                }
                System.out.println(Laden.head());
                rows.forEach(System.out::println);
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }

            laden.requireExact();
            assertThat(laden.server().process().isAlive()).isTrue();
            assertThat(descriptorsAfterwards(laden, before))
                    .isLessThanOrEqualTo(before.descriptors() + 16);
        }
    }

    private static void connect(Laden laden, List<Socket> slow) throws IOException {
        String[] tokens = Prepared.tokens(laden.server());
        for (String token : tokens) {
            slow.add(ask(laden, RawConnection.get("/api/v1/portal/stream", token)));
        }
        Instant now = Instant.now();
        String table = "/api/v1/meters/tokens/query?windowSize=HOUR&groupBy=subject&format=csv"
                + "&from=" + now.minus(Duration.ofDays(31)).truncatedTo(ChronoUnit.DAYS)
                + "&to=" + now.truncatedTo(ChronoUnit.DAYS);
        String csv = new String(
                        RawConnection.get(table, laden.server().key()), StandardCharsets.US_ASCII)
                .replace("application/json", "text/csv");
        for (int i = 0; i < TABLES; i++) {
            slow.add(ask(laden, csv.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** Asks, and never reads. */
    private static Socket ask(Laden laden, byte[] request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), laden.server().port()));
        socket.getOutputStream().write(request);
        return socket;
    }

    /** Once the server has noticed that they are gone; it tries to write within 15 seconds. */
    private static long descriptorsAfterwards(Laden laden, Vitals before) throws IOException {
        for (int i = 0; i < MOST_TRIES; i++) {
            if (Vitals.of(laden.server()).descriptors() <= before.descriptors() + 16) {
                break;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        return Vitals.of(laden.server()).descriptors();
    }
}
