package io.meterport.bootstrap.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Runs a load some times over and prints a row of the table, in Markdown. */
final class Rounds {
    private static final int COUNTED = 3;

    private Rounds() {}

    /** The head of the table. */
    static void head() {
        System.out.println("| what | connections | median /s | min – max /s | p50 ms | p99 ms"
                + " | server's CPU µs each |");
        System.out.println("|---|---|---|---|---|---|---|");
    }

    /** A row with a number only. */
    static void number(String what, double value) {
        System.out.printf("| %s | | %,.0f | | | | |%n", what, value);
    }

    /**
     * Prints a row.
     *
     * @param servers whose processor time is counted
     * @param each how many of what is counted lie in one request
     * @return the run of the median rate
     */
    static Load.Result report(
            List<Process> servers,
            String what,
            int connections,
            int each,
            Supplier<Load.Result> run) {
        var _ = run.get(); // Warm up: the first one is not counted.
        Duration before = cpu(servers);
        Load.Result[] results = new Load.Result[COUNTED];
        for (int i = 0; i < COUNTED; i++) {
            results[i] = run.get();
        }
        long micros = cpu(servers).minus(before).toNanos() / 1_000;
        long count = Arrays.stream(results).mapToLong(Load.Result::count).sum() * each;
        Arrays.sort(results, Comparator.comparingDouble(Load.Result::perSecond));
        System.out.printf(
                "| %s | %d | %,.0f | %,.0f – %,.0f | %.2f | %.2f | %.1f |%n",
                what,
                connections,
                results[COUNTED / 2].perSecond() * each,
                results[0].perSecond() * each,
                results[COUNTED - 1].perSecond() * each,
                median(results, Load.Result::p50Millis),
                median(results, Load.Result::p99Millis),
                (double) micros / count);
        return results[COUNTED / 2];
    }

    private static Duration cpu(List<Process> servers) {
        return servers.stream()
                .map(server -> server.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static double median(Load.Result[] results, ToDoubleFunction<Load.Result> of) {
        return Arrays.stream(results).mapToDouble(of).sorted().toArray()[results.length / 2];
    }
}
