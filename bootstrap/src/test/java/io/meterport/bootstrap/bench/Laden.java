package io.meterport.bootstrap.bench;

import io.meterport.bootstrap.bench.Prepared.Counted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A server with a month of usage under the load of a proof, and what it must count in the end. */
final class Laden implements AutoCloseable {
    static final int SENDING = 8;
    private static final int ASKING = 16;
    private static final double ASKS_PER_SECOND = 50;
    private static final Duration WARM = Duration.ofSeconds(8);

    private final ServerProcess server;
    private final byte[][] questions;
    private final Counted before;
    private final Tally tally = new Tally();
    private final List<FreshEvents> batches = new ArrayList<>();

    private Laden(ServerProcess server) throws IOException {
        this.server = server;
        Prepared.defineMeters(server);
        Prepared.fillEachDay(server);
        questions = Asked.months(Prepared.tokens(server));
        before = Prepared.counted(server);
        for (int i = 0; i < SENDING; i++) {
            batches.add(Asked.batches(server.key(), i, tally));
        }
    }

    /** Starts a server in that folder with so much heap. */
    static Laden start(Path folder, String heap) throws IOException {
        ServerProcess server = ServerProcess.start(
                folder,
                Map.of(),
                Optional.empty(),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx" + heap);
        return new Laden(server);
    }

    ServerProcess server() {
        return server;
    }

    Tally tally() {
        return tally;
    }

    byte[][] questions() {
        return questions;
    }

    /** How many batches of 1,000 a second it takes at most; the first run of two warms up. */
    double knee() {
        var _ = Load.run(server.port(), SENDING, WARM, 204, batches::get);
        return Load.run(server.port(), SENDING, WARM, 204, batches::get).perSecond();
    }

    /** What was answered to batches and to questions at the same time. */
    record Both(OpenLoad.Result batches, OpenLoad.Result questions) {}

    /** So many batches a second and 50 questions a second, for that time. */
    Both steady(double batchesPerSecond, Duration time) {
        var asking = new FutureTask<>(() -> new OpenLoad(server.port(), ASKING, time, 200)
                .run(ASKS_PER_SECOND, i -> Asked.inTurn(questions, i)));
        Thread.ofVirtual().start(asking);
        OpenLoad.Result sent =
                new OpenLoad(server.port(), SENDING, time, 204).run(batchesPerSecond, batches::get);
        try {
            return new Both(sent, asking.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that was acknowledged is counted, and nothing else. */
    void requireExact() throws IOException {
        Prepared.requireExact(server, before, tally);
    }

    /** Events that the server has now. */
    long stored() {
        return before.events() + tally.events();
    }

    @Override
    public void close() {
        server.close();
    }

    /** A row of a table in Markdown. */
    static String row(String what, OpenLoad.Result result, int each) {
        return "| %s | %,.0f | %.2f | %.2f | %.2f | %.2f | %s | %d |"
                .formatted(
                        what,
                        result.perSecond() * each,
                        result.millis(50),
                        result.millis(99),
                        result.millis(99.9),
                        result.millis(100),
                        result.statuses(),
                        result.unsent());
    }

    /** The head of that table. */
    static String head() {
        return "| what | /s | p50 ms | p99 ms | p99.9 ms | most ms | answers | not sent |\n"
                + "|---|---|---|---|---|---|---|---|";
    }
}
