package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Workload W over HTTP against a server process with the embedded store, fsync on: ingest, notices,
 * and portal queries over a small and a large store. Prints a table in Markdown. Arguments: {@code
 * [seconds a run] [events in the large store] [ingest|stream|query]}.
 */
public final class WorkloadBenchmark {
    private static final int FOLLOWED = 100;

    private WorkloadBenchmark() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        Duration time = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 10);
        int large = args.length > 1 ? Integer.parseInt(args[1]) : 100 * Stores.EVENTS_OF_EACH_DAY;
        String only = args.length > 2 && args[2] != null ? args[2] : "";
        Rounds.head();
        if (only.isEmpty() || only.equals("ingest")) {
            new Ingest(time).run();
        }
        if (only.isEmpty() || only.equals("stream")) {
            stream();
        }
        if (only.isEmpty() || only.equals("query")) {
            new Queries(time, Stores.EVENTS_OF_EACH_DAY).run();
            new Queries(time, large).run();
        }
    }

    /** From 204 to the notice, while 100 subjects are followed. */
    private static void stream() throws IOException {
        Stores.inNewServer(server -> {
            List<String> subjects = new ArrayList<>();
            for (int i = 0; i < FOLLOWED; i++) {
                subjects.add(Workload.subject(i));
            }
            List<String> tokens = List.of(Stores.tokens(server)).subList(0, FOLLOWED);
            try (StreamLatency streams = new StreamLatency(server, tokens)) {
                streams.measure(FOLLOWED * 2, subjects);
                Histogram micros = streams.measure(FOLLOWED * 10, subjects);
                System.out.printf(
                        "| 204 to the notice on the stream | %d | | | %.2f | %.2f | |%n",
                        FOLLOWED,
                        micros.getValueAtPercentile(50) / 1_000.0,
                        micros.getValueAtPercentile(99) / 1_000.0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }
}
