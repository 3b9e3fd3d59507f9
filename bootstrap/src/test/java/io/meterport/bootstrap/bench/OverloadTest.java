package io.meterport.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** R17: three times as much as the server can take, over more connections than it lets wait. */
@Tag("profile")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class OverloadTest {
    private static final int BATCH = 10;
    private static final int CONNECTIONS = 1_500;
    private static final int KNEE_CONNECTIONS = 64;
    private static final int SENDING_AGAIN = 32;
    private static final int MOST_TRIES = 1_000;
    private static final double OVERLOAD = 3;
    private static final Duration SHORT = Duration.ofSeconds(8);

    @TempDir
    private Path folder;

    @Test
    void whatIsTooMuchIsRefusedAndWhatWasRefusedCountsOnceWhenItComesAgain() throws Exception {
        Duration time = Minutes.of(10);
        try (Laden laden = Laden.start(Files.createDirectory(folder.resolve("data")), "256m")) {
            List<FreshEvents> sources = sources(laden);
            int port = laden.server().port();
            var _ = Load.run(port, KNEE_CONNECTIONS, SHORT, 204, sources::get);
            double knee =
                    Load.run(port, KNEE_CONNECTIONS, SHORT, 204, sources::get).perSecond();

            OpenLoad.Result over =
                    new OpenLoad(port, CONNECTIONS, time, 204).run(knee * OVERLOAD, sources::get);
            double recovery = untilAnsweredSoon(laden);
            int owed = sources.stream().mapToInt(FreshEvents::owed).sum();
            sendAgain(port, sources);
            double after =
                    Load.run(port, KNEE_CONNECTIONS, SHORT, 204, sources::get).perSecond();

            print(time, knee, over, recovery, after);
            assertThat(over.statuses().keySet()).isSubsetOf(204, 429, 503);
            assertThat(over.statuses()).containsKey(204);
            assertThat((long) owed).isEqualTo(over.otherMicros().getTotalCount());
            laden.requireExact();
        }
    }

    private static void print(
            Duration time, double knee, OpenLoad.Result over, double recovery, double after) {
        System.out.printf(
                "knee: %,.0f events/s in batches of %d; %s of three times as much over %,d"
                        + " connections%n",
                knee * BATCH, BATCH, time, CONNECTIONS);
        System.out.println(Laden.head());
        System.out.println(Laden.row("events", over, BATCH));
        System.out.printf(
                "goodput %.2f of the knee; refused within p50 %.1f ms, p99 %.1f ms; usual answers"
                        + " %.1f s after; knee afterwards %.2f%n",
                over.perSecond() / knee,
                over.otherMicros().getValueAtPercentile(50) / 1_000.0,
                over.otherMicros().getValueAtPercentile(99) / 1_000.0,
                recovery,
                after / knee);
    }

    private static List<FreshEvents> sources(Laden laden) {
        List<FreshEvents> sources = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Workload work = new Workload(i, Instant.now(), Duration.ofHours(1));
            sources.add(FreshEvents.batches(laden.server().key(), work, BATCH, laden.tally()));
        }
        return sources;
    }

    /** In seconds: until a question on a connection of its own is answered with 200. */
    private static double untilAnsweredSoon(Laden laden) throws IOException {
        long begin = System.nanoTime();
        try (RawConnection connection = new RawConnection(laden.server().port())) {
            for (int i = 0; i < MOST_TRIES; i++) {
                if (connection.exchange(laden.questions()[0]) == 200) {
                    break;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Until all is acknowledged that was refused. */
    private static void sendAgain(int port, List<FreshEvents> sources) {
        ConcurrentLinkedQueue<FreshEvents> left = new ConcurrentLinkedQueue<>(sources);
        AtomicReference<Exception> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SENDING_AGAIN; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (RawConnection connection = new RawConnection(port)) {
                    for (var next = left.poll(); next != null; next = left.poll()) {
                        sendAgain(connection, next);
                    }
                } catch (IOException | RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        threads.forEach(Load::join);
        assertThat(failure.get()).isNull();
    }

    private static void sendAgain(RawConnection connection, FreshEvents events) throws IOException {
        int tries = 0;
        while (events.owed() > 0) {
            int status = connection.exchange(events.again());
            if (status == 204) {
                events.acknowledged();
            } else if (++tries < MOST_TRIES) {
                events.refused();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            } else {
                throw new IllegalStateException(status + " " + connection.body());
            }
        }
    }
}
