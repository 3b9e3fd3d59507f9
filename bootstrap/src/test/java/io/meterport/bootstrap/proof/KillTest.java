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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * R1: the server is killed again and again under mixed load, at moments drawn at random. Nothing
 * acknowledged is lost, nothing is counted twice, and no revoked token is let in.
 */
class KillTest {
    /** So many kills hit one data folder; then it is audited and another begins. */
    private static final int KILLS_EACH = 50;

    private static final long LEAST_MILLIS = 50;
    private static final long MOST_MILLIS = 2_000;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void losesNothingAcknowledgedAndCountsNothingTwice() throws IOException {
        int kills = Size.of("kills", 50);
        Times ready = new Times();
        long events = 0;
        long retries = 0;
        for (int done = 0; done < kills; done += KILLS_EACH) {
            long seed = Size.seed() + done;
            Path place = Files.createDirectory(folder.resolve("round-" + done));
            Path data = Files.createDirectory(place.resolve("data"));
            try (Ledger ledger = new Ledger(place.resolve("journal"));
                    Succession servers = new Succession(() -> Servers.start(data))) {
                Target target = new Target();

                kill(servers, ledger, target, Math.min(KILLS_EACH, kills - done), seed, ready);

                Audit audit = new Audit(ledger.account(), target);
                assertThat(ledger.violations()).isEmpty();
                assertThat(audit.all()).isEmpty();
                assertThat(servers.now().process().isAlive()).isTrue();
                events += audit.events();
                retries += ledger.account().failures();
            }
        }
        Report.add(
                "R1 kill -9 under mixed load",
                "%,d kills, %,d events, %,d retries; ready: %s"
                        .formatted(kills, events, retries, ready));
        assertThat(events).as("there was something to lose").isGreaterThan(kills);
        assertThat(retries).as("kills hit requests under way").isPositive();
    }

    /** Kills the server so often under load; the last one outlives it. */
    private static void kill(
            Succession servers, Ledger ledger, Target target, int kills, long seed, Times ready)
            throws IOException {
        Random random = new Random(seed);
        Servers.defineMeters(servers.now());
        target.up(servers.now().port(), servers.now().key());
        try (MixedLoad _ = MixedLoad.start(ledger, target, MixedLoad.Clients.USUAL, seed)) {
            for (int i = 0; i < kills; i++) {
                LockSupport.parkNanos(
                        TimeUnit.MILLISECONDS.toNanos(random.nextLong(LEAST_MILLIS, MOST_MILLIS)));
                target.down();
                ServerProcess server = servers.next();
                ready.add(server.startNanos());
                target.up(server.port(), server.key());
            }
        }
    }
}
