package io.meterport.bootstrap.bench;

import io.meterport.bootstrap.bench.Prepared.Counted;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a million more events cost as the store grows: time, processor time, bytes of disk and
 * memory. Each million lies in an hour of its own, and the last one ends now.
 */
final class Growth {
    private static final int STEP = 1_000_000;
    private static final int CONNECTIONS = 8;
    private static final double NANOS = 1e9;
    private static final double MEBI = 1_048_576;

    private Growth() {}

    /** Prints a table of its own, with a row for each million. */
    static void run(int events) throws IOException {
        int steps = Math.max(1, events / STEP);
        System.out.println();
        System.out.println("| events stored | events/s | server's CPU s | bytes each, all"
                + " | bytes each, these | resident MiB | heap after collection MiB"
                + " | longest request ms |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        Instant end = Instant.now();
        Stores.inNewServer(server -> {
            Tally tally = new Tally();
            long bytes = Vitals.of(server).store();
            for (int step = 1; step <= steps; step++) {
                Instant hour = end.minus(Duration.ofHours(steps - step));
                bytes = step(server, step, sources(server, hour, tally), bytes);
            }
            Prepared.requireExact(server, new Counted(0, 0), tally);
        });
    }

    private static long step(ServerProcess server, int step, List<FreshEvents> sources, long before)
            throws IOException {
        Duration cpu = cpu(server);
        Load.Result sent = Load.run(
                server.port(),
                CONNECTIONS,
                Duration.ofHours(1),
                STEP / Asked.BATCH,
                204,
                sources::get);
        double seconds = cpu(server).minus(cpu).toNanos() / NANOS;
        Vitals vitals = Vitals.of(server);
        long all = vitals.store() + vitals.log();
        System.out.printf(
                "| %,d | %,.0f | %.1f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                (long) step * STEP,
                sent.perSecond() * Asked.BATCH,
                seconds,
                (double) all / ((long) step * STEP),
                (double) (vitals.store() - before) / STEP,
                vitals.resident() / MEBI,
                vitals.heap() / MEBI,
                sent.micros().getMaxValue() / 1_000.0);
        return vitals.store();
    }

    private static List<FreshEvents> sources(ServerProcess server, Instant end, Tally tally) {
        List<FreshEvents> sources = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Workload work = new Workload(i, end, Duration.ofHours(1));
            sources.add(FreshEvents.batches(server.key(), work, Asked.BATCH, tally));
        }
        return sources;
    }

    private static Duration cpu(ServerProcess server) {
        return server.process().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
