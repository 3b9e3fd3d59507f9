package io.meterport.bootstrap.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.bench.Succession;
import io.meterport.bootstrap.ledger.Audit;
import io.meterport.bootstrap.ledger.Ledger;
import io.meterport.bootstrap.ledger.MixedLoad;
import io.meterport.bootstrap.ledger.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * V7: after mixed load, with clients that come and go, threads, open files and heap are back where
 * they were after the first of it.
 */
class BackToBaseTest {
    private static final int BATCHES_EACH = 80;
    /** A reader more that is kept, a carrier of virtual threads: these do not grow with load. */
    private static final int MOST_HANDLES = 4;

    private static final long MOST_BYTES = 8L << 20;
    /** The keys of the last half million events are held in memory, at most twice 32 bytes each. */
    private static final long BYTES_EACH_EVENT = 100;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void afterLoadThreadsFilesAndHeapAreBackWhereTheyWere() throws Exception {
        int rounds = Size.of("rounds", 3);
        Path data = Files.createDirectory(folder.resolve("data"));
        try (Ledger ledger = new Ledger(folder.resolve("journal"));
                Succession servers = new Succession(() -> Servers.start(data))) {
            ServerProcess server = servers.now();
            Target target = new Target();
            Servers.defineMeters(server);
            target.up(server.port(), server.key());
            load(ledger, target, 0);
            int eventsBefore = new Audit(ledger.account(), target).events();
            Vitals base = Vitals.of(server.process());

            for (int round = 1; round <= rounds; round++) {
                load(ledger, target, round);
            }

            Audit audit = new Audit(ledger.account(), target);
            long grown = MOST_BYTES + BYTES_EACH_EVENT * (audit.events() - eventsBefore);
            Vitals after = settled(server.process(), base, grown);
            Report.add(
                    "V7 back to base after mixed load",
                    "%,d events; before: %s; after: %s".formatted(audit.events(), base, after));
            assertThat(ledger.violations()).isEmpty();
            assertThat(after.isWithin(base, MOST_HANDLES, grown))
                    .as("before: %s; after: %s", base, after)
                    .isTrue();
        }
    }

    private static void load(Ledger ledger, Target target, int round) {
        long until = ledger.batches() + BATCHES_EACH;
        long end = System.nanoTime() + PATIENCE_NANOS;
        try (MixedLoad _ = MixedLoad.start(
                ledger, target, MixedLoad.Clients.USUAL, 100 * Size.seed() + round)) {
            while (ledger.batches() < until && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Those at which it comes to rest, or the last ones if it does not within a minute. */
    private static Vitals settled(Process process, Vitals base, long grown)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Vitals vitals = Vitals.of(process);
        while (!vitals.isWithin(base, MOST_HANDLES, grown) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
            vitals = Vitals.of(process);
        }
        return vitals;
    }
}
