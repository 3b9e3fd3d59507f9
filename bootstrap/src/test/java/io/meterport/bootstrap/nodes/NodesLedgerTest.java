package io.meterport.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.application.Threat;
import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.ledger.Audit;
import io.meterport.bootstrap.ledger.Ledger;
import io.meterport.bootstrap.ledger.Meters;
import io.meterport.bootstrap.ledger.MixedLoad;
import io.meterport.bootstrap.ledger.Target;
import io.meterport.bootstrap.overlay.Overlay;
import io.meterport.bootstrap.proof.Report;
import io.meterport.bootstrap.proof.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's invariants where three nodes are sent the same events, killed, and upgraded. */
class NodesLedgerTest {
    private static final MixedLoad.Clients SENDERS = new MixedLoad.Clients(2, 200, 1, 0);
    private static final MixedLoad.Clients WITH_TOKENS = new MixedLoad.Clients(2, 200, 1, 300);
    private static final String VERSION =
            "bootstrap/src/main/java/io/meterport/bootstrap/Version.java";

    @TempDir
    private Path folder;

    private final Random random = new Random(Size.seed());
    private final List<Target> targets = new ArrayList<>();
    private final List<MixedLoad> loads = new ArrayList<>();

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void eachCountsOnceThoughAllNodesAreSentAllAndSomeAreKilled() throws IOException {
        int kills = Size.of("node-kills", 2);
        try (Cluster cluster = new Cluster(folder, Map.of());
                Ledger ledger = new Ledger(folder.resolve("journal"))) {
            begin(cluster, ledger);
            for (int i = 0; i < kills; i++) {
                pause();
                int node = random.nextInt(Cluster.NODES);
                targets.get(node).down();
                cluster.restart(node);
                up(node, cluster.server(node));
            }
            pause();
            end();
            audit("three nodes are sent the same events", kills + " kills", ledger);
        }
    }

    /** A minute for a round, so not in every build. */
    @Threat("I19")
    @Tag("profile")
    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void anUpgradeNodeByNodeLosesNothing() throws IOException {
        int rounds = Size.of("upgrades", 1);
        Path next = Overlay.compile(
                Map.of(VERSION, Overlay.source(VERSION).replace("\"unpackaged\"", "\"next\"")),
                Files.createDirectory(folder.resolve("next")));
        try (Cluster cluster = new Cluster(folder, Map.of());
                Ledger ledger = new Ledger(folder.resolve("journal"))) {
            begin(cluster, ledger);
            for (int round = 0; round < rounds; round++) {
                upgrade(cluster, Optional.of(next));
                upgrade(cluster, Optional.empty());
            }
            end();
            audit("R21 upgrade node by node and back", rounds + " rounds", ledger);
        }
    }

    /** The clients of a node that is away go to the next one, as a proxy would send them. */
    private void upgrade(Cluster cluster, Optional<Path> overlay) throws IOException {
        for (int node = 0; node < Cluster.NODES; node++) {
            pause();
            up(node, cluster.server((node + 1) % Cluster.NODES));
            cluster.upgrade(node, overlay);
            up(node, cluster.server(node));
        }
    }

    /** All nodes are sent the same events, since the seeds of their clients are the same. */
    private void begin(Cluster cluster, Ledger ledger) {
        Meters.definitions()
                .values()
                .forEach(meter -> assertThat(
                                cluster.node(0).post("/api/v1/meters", meter).status())
                        .isEqualTo(200));
        Instant now = Instant.now();
        for (int node = 0; node < Cluster.NODES; node++) {
            targets.add(new Target());
            up(node, cluster.server(node));
            loads.add(MixedLoad.start(
                    ledger,
                    targets.get(node),
                    node == 0 ? WITH_TOKENS : SENDERS,
                    Size.seed(),
                    now));
        }
    }

    private void up(int node, ServerProcess server) {
        targets.get(node).up(server.port(), server.key());
    }

    private void end() {
        loads.forEach(MixedLoad::close);
    }

    private void audit(String proof, String what, Ledger ledger) {
        assertThat(ledger.violations()).isEmpty();
        for (Target target : targets) {
            Audit audit = new Audit(ledger.account(), target);
            assertThat(audit.stored()).isEmpty();
            assertThat(audit.usage()).isEmpty();
        }
        Audit audit = new Audit(ledger.account(), targets.getFirst());
        assertThat(audit.all()).isEmpty();
        Report.add(
                proof,
                "%s, %,d events in %,d batches, %,d retries"
                        .formatted(
                                what,
                                audit.events(),
                                ledger.batches(),
                                ledger.account().failures()));
        assertThat(audit.events()).as("there was something to lose").isGreaterThan(100);
    }

    private void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300 + random.nextInt(1_500)));
    }
}
