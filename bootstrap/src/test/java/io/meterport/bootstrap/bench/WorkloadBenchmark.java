package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Workload W over HTTP against a server process with the embedded store, fsync on: ingest, notices,
 * and portal queries over a small and a large store; on demand against nodes that share a
 * PostgreSQL, what people roll themselves, a store that grows, and one that is moved to PostgreSQL.
 * Prints tables in Markdown.
 * Arguments: {@code [seconds a run] [events in the large store]
 * [ingest,stream,query,shapes,mixed,distinct,starts,nodes,naive,growth,copy]
 * [the program pgbench]}.
 */
public final class WorkloadBenchmark {
    private static final int FOLLOWED = 100;

    private WorkloadBenchmark() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, SQLException {
        Duration time = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 10);
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 100 * Stores.EVENTS_OF_EACH_DAY;
        List<String> parts = args.length > 2
                ? List.of(args[2].split(","))
                : List.of("ingest", "stream", "query");
        String pgbench = args.length > 3 ? args[3] : "pgbench";
        Rounds.head();
        for (String part : parts) {
            switch (part) {
                case "ingest" -> new Ingest(time).run();
                case "stream" -> stream();
                case "query" -> {
                    new Queries(time, Stores.EVENTS_OF_EACH_DAY).run();
                    new Queries(time, events).run();
                }
                case "nodes" -> NodesBenchmark.run(time, events, Path.of(pgbench));
                case "shapes" -> new Shapes(time, events).run();
                case "mixed" -> new Mixed(time).run();
                case "distinct" -> new Distinct(time, events).run();
                case "starts" -> new Starts(time, events).run();
                case "copy" -> Copying.run(events);
                case "growth" -> Growth.run(events);
                case "naive" -> Naive.run(time, events);
                default -> throw new IllegalArgumentException("There is no part " + part);
            }
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
