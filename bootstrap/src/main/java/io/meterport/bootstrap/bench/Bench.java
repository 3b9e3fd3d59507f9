package io.meterport.bootstrap.bench;

import io.meterport.bootstrap.bench.Prepared.Counted;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a user measures on a machine of their own: the limits of the machine, ingest, portal
 * queries, and each while the other goes on. Whatever was acknowledged must have been counted, or
 * there is no table.
 */
final class Bench {
    private static final int BATCH_CONNECTIONS = 8;
    private static final int SINGLE_CONNECTIONS = 64;
    private static final int QUERY_CONNECTIONS = 32;

    /** At what part of the greatest rate latency is measured; both at once must fit. */
    private static final double PACE = 0.4;

    private static final String EVENTS = "events";
    private static final String QUERIES = "queries";

    private final Workplace place;
    private final Duration time;
    private final OptionalDouble rate;
    private final Consumer<String> progress;
    private final List<Measured> rows = new ArrayList<>();
    private long counted;

    /**
     * @param time of each round
     * @param rate how many events a second to send in batches where latency is measured; absent for
     *     a part of what turns out to be possible
     * @param progress hears what is done now
     */
    Bench(Workplace place, Duration time, OptionalDouble rate, Consumer<String> progress) {
        this.place = place;
        this.time = time;
        this.rate = rate;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param counted how many events were acknowledged, and counted by the meters
     */
    record Report(List<Measured> rows, long counted) {
        Report {
            rows = List.copyOf(rows);
        }
    }

    /** How long it takes at most. */
    static Duration longest(Duration time) {
        return time.multipliedBy(50).plusMinutes(3);
    }

    /** Measures everything, in at most {@link #longest} on a machine that does not stand still. */
    Report run() throws IOException {
        Measured bareRows = limits();
        double events = ingest(bareRows);
        singles();
        queries(rate.orElse(events * PACE));
        return new Report(rows, counted);
    }

    private Measured limits() throws IOException {
        progress.accept("the disk and SQLite by themselves");
        add(Series.plain("limit-syncs", "limit: 4 KiB written and synced", "syncs", () -> {
            try {
                return RawLimits.syncsPerSecond(place.newFolder(), time);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
        return add(Series.plain(
                "limit-rows", "limit: bare rows into SQLite, 1,000 a commit", EVENTS, () -> {
                    try {
                        return RawLimits.rowsPerSecond(place.newFolder(), time);
                    } catch (SQLException | IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
    }

    private double ingest(Measured limit) throws IOException {
        progress.accept("ingest in batches");
        try (Ingesting to = new Ingesting(BATCH_CONNECTIONS, Asked::batches)) {
            Measured fastest = Series.fastest(
                    "ingest-batches",
                    "ingest, batches of 1,000, 8 connections",
                    EVENTS,
                    Asked.BATCH,
                    () -> Load.run(to.port(), BATCH_CONNECTIONS, time, 204, to::source));
            return add(fastest.of(limit)).median();
        }
    }

    private void singles() throws IOException {
        progress.accept("single events");
        try (Ingesting to = new Ingesting(SINGLE_CONNECTIONS, Asked::singles)) {
            Measured fastest = add(Series.fastest(
                    "ingest-singles",
                    "ingest, single events, 64 connections",
                    EVENTS,
                    1,
                    () -> Load.run(to.port(), SINGLE_CONNECTIONS, time, 204, to::source)));
            double pace = fastest.median() * PACE;
            OpenLoad load = new OpenLoad(to.port(), SINGLE_CONNECTIONS, time, 204);
            add(Series.paced(
                    "ingest-singles-paced",
                    "single events at a steady rate",
                    EVENTS,
                    1,
                    rounds(() -> load.runWell(pace, to::source))));
        }
    }

    private void queries(double eventsPerSecond) throws IOException {
        progress.accept("portal queries");
        try (Ingesting to = new Ingesting(BATCH_CONNECTIONS, Asked::batches)) {
            byte[][] requests = Asked.months(Prepared.tokens(to.server));
            Measured fastest =
                    asked("queries", "portal query, 31 days, 32 connections", to.port(), requests);
            try (BareRoute bare = place.bare(Asked.answerBytes(to.port(), requests[0]))) {
                Measured limit = asked(
                        "limit-route",
                        "limit: a bare route with as many bytes",
                        bare.port(),
                        requests);
                add(fastest.of(limit));
                add(limit);
            }
            progress.accept("queries and ingest, alone and together");
            OpenLoad asking = new OpenLoad(to.port(), QUERY_CONNECTIONS, time, 200);
            OpenLoad sending = new OpenLoad(to.port(), BATCH_CONNECTIONS, time, 204);
            double asks = fastest.median() * PACE;
            double sends = eventsPerSecond / Asked.BATCH;
            paced(asking, asks, sending, sends, requests, to);
        }
    }

    private void paced(
            OpenLoad asking,
            double asks,
            OpenLoad sending,
            double sends,
            byte[][] requests,
            Ingesting to) {
        Load.Source questions = i -> Asked.inTurn(requests, i);
        var queriesAlone = rounds(() -> asking.runWell(asks, questions));
        var ingestAlone = rounds(() -> sending.runWell(sends, to::source));
        List<OpenLoad.Result> queries = new ArrayList<>();
        List<OpenLoad.Result> ingest = rounds(() -> {
            var other = new FutureTask<>(() -> asking.runWell(asks, questions));
            Thread.ofVirtual().start(other);
            OpenLoad.Result sent = sending.runWell(sends, to::source);
            queries.add(await(other));
            return sent;
        });
        String alone = " at a steady rate, alone";
        add(Series.paced("queries-alone", "portal query" + alone, QUERIES, 1, queriesAlone));
        add(Series.paced("queries-with-ingest", "... while batches come in", QUERIES, 1, queries));
        add(Series.paced(
                "ingest-alone", "batches of 1,000" + alone, EVENTS, Asked.BATCH, ingestAlone));
        add(Series.paced(
                "ingest-with-queries", "... while queries are asked", EVENTS, Asked.BATCH, ingest));
    }

    private Measured asked(String name, String what, int port, byte[][] requests) {
        return Series.fastest(
                name,
                what,
                QUERIES,
                1,
                () -> Load.run(port, QUERY_CONNECTIONS, time, 200, i -> Asked.inTurn(requests, i)));
    }

    private Measured add(Measured row) {
        rows.add(row);
        return row;
    }

    private static List<OpenLoad.Result> rounds(Supplier<OpenLoad.Result> round) {
        List<OpenLoad.Result> results = new ArrayList<>();
        for (int i = 0; i < Series.ROUNDS; i++) {
            results.add(round.get());
        }
        return results;
    }

    private static OpenLoad.Result await(FutureTask<OpenLoad.Result> other) {
        try {
            return other.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Makes the events of one connection. */
    private interface Making {
        FreshEvents of(String key, int connection, Tally tally);
    }

    /** A new server with a month of usage, and what is sent to it; closing it checks the count. */
    private final class Ingesting implements AutoCloseable {
        private final ServerProcess server;
        private final Tally tally = new Tally();
        private final Counted before;
        private final List<FreshEvents> sources = new ArrayList<>();

        Ingesting(int connections, Making making) throws IOException {
            server = place.server();
            Prepared.fillEachDay(server);
            before = Prepared.counted(server);
            if (before.events() != Prepared.EVENTS_OF_EACH_DAY) {
                throw new IllegalStateException("the server counts " + before + " at first");
            }
            for (int i = 0; i < connections; i++) {
                sources.add(making.of(server.key(), i, tally));
            }
        }

        int port() {
            return server.port();
        }

        Requests source(int connection) {
            return sources.get(connection);
        }

        @Override
        public void close() throws IOException {
            counted += Prepared.requireExact(server, before, tally).events();
            place.done(server);
        }
    }
}
