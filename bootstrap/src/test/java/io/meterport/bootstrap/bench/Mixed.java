package io.meterport.bootstrap.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Ingest and portal queries at fixed rates, each alone and both together; latency counts from the
 * moment at which a request was due.
 */
final class Mixed {
    private static final int BATCHES_PER_SECOND = 10;
    private static final int QUERIES_PER_SECOND = 5_000;
    private static final int SENDING = 8;
    private static final int ASKING = 32;

    private final Duration time;

    Mixed(Duration time) {
        this.time = time;
    }

    void run() throws IOException {
        Stores.inNewServer(server -> {
            Stores.fillEachDay(server);
            byte[][] questions = Asked.months(Stores.tokens(server));
            Prepared.Counted before = Prepared.counted(server);
            Tally tally = new Tally();
            List<FreshEvents> batches = new ArrayList<>();
            for (int i = 0; i < SENDING; i++) {
                batches.add(Asked.batches(server.key(), i, tally));
            }
            var _ = ask(server, questions); // Warms up, as does the next.
            var _ = send(server, batches);
            row("batches of 1,000 alone", SENDING, Asked.BATCH, send(server, batches));
            row("portal queries alone", ASKING, 1, ask(server, questions));
            var asking = new FutureTask<>(() -> ask(server, questions));
            Thread.ofVirtual().start(asking);
            row("batches beside the queries", SENDING, Asked.BATCH, send(server, batches));
            row("portal queries beside the batches", ASKING, 1, result(asking));
            Prepared.requireExact(server, before, tally);
        });
    }

    private OpenLoad.Result send(ServerProcess server, List<FreshEvents> batches) {
        return new OpenLoad(server.port(), SENDING, time, 204)
                .run(BATCHES_PER_SECOND, batches::get);
    }

    private OpenLoad.Result ask(ServerProcess server, byte[][] questions) {
        return new OpenLoad(server.port(), ASKING, time, 200)
                .run(QUERIES_PER_SECOND, i -> Asked.inTurn(questions, i));
    }

    private static void row(String what, int connections, int each, OpenLoad.Result result) {
        System.out.printf(
                "| %s, due at a fixed rate | %d | %,.0f | most %.1f ms, %d not sent"
                        + " | %.2f | %.2f | |%n",
                what,
                connections,
                result.perSecond() * each,
                result.millis(100),
                result.unsent(),
                result.millis(50),
                result.millis(99));
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
