package io.meterport.bootstrap.bench;

import io.meterport.adapters.postgres.TestServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The load of workload W on what people roll themselves, with a PostgreSQL of its own, fsync on. */
final class Naive {
    private static final int BATCH_CONNECTIONS = 8;
    private static final int SINGLE_CONNECTIONS = 64;
    private static final int QUERY_CONNECTIONS = 32;

    private final Duration time;
    private final int events;
    private final Tally tally = new Tally();

    private Naive(Duration time, int events) {
        this.time = time;
        this.events = events;
    }

    /** Measures each thing for that time, and queries over so many events. */
    static void run(Duration time, int events) throws IOException, SQLException {
        try (TestServer postgres = TestServer.start(
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "shared_buffers=1GB",
                "max_wal_size=4GB")) {
            new Naive(time, events).run(postgres);
        }
    }

    private void run(TestServer postgres) throws IOException, SQLException {
        String ingested = postgres.newDatabase();
        try (OwnProcess peer = start(postgres, ingested)) {
            ingest(peer);
            requireExact(postgres, ingested);
        }
        for (int stored : new int[] {Stores.EVENTS_OF_EACH_DAY, events}) {
            String database = postgres.newDatabase();
            try (OwnProcess peer = start(postgres, database)) {
                fill(peer.port(), stored);
                postgres.execute(database, "vacuum analyze event");
                Rounds.report(
                        List.of(peer.process()),
                        "naive: portal query, 31 days, %,d events".formatted(stored),
                        QUERY_CONNECTIONS,
                        1,
                        () -> Load.run(
                                peer.port(),
                                QUERY_CONNECTIONS,
                                time,
                                200,
                                i -> Asked.inTurn(questions(), i)));
            }
        }
    }

    private void ingest(OwnProcess peer) {
        List<FreshEvents> batches = new ArrayList<>();
        List<FreshEvents> singles = new ArrayList<>();
        for (int i = 0; i < SINGLE_CONNECTIONS; i++) {
            singles.add(Asked.singles("nobody", i, tally));
        }
        for (int i = 0; i < BATCH_CONNECTIONS; i++) {
            batches.add(Asked.batches("nobody", i, tally));
        }
        Rounds.report(
                List.of(peer.process()),
                "naive: ingest, batches of 1,000, events",
                BATCH_CONNECTIONS,
                Asked.BATCH,
                () -> Load.run(peer.port(), BATCH_CONNECTIONS, time, 204, batches::get));
        Rounds.report(
                List.of(peer.process()),
                "naive: ingest, single events",
                SINGLE_CONNECTIONS,
                1,
                () -> Load.run(peer.port(), SINGLE_CONNECTIONS, time, 204, singles::get));
    }

    /** It has to have counted what it acknowledged, or it would be no peer. */
    private void requireExact(TestServer postgres, String database) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement direct = connection.createStatement();
                ResultSet found = direct.executeQuery("""
                        select count(*), sum(cast(data ->> 'tokens' as numeric)) from event""")) {
            found.next();
            if (found.getLong(1) != tally.events() || found.getLong(2) != tally.tokens()) {
                throw new IllegalStateException("the naive peer lost or doubled events");
            }
        }
    }

    private void fill(int port, int stored) {
        Instant now = Instant.now();
        Load.run(port, 1, Duration.ofHours(1), Prepared.DAYS, 204, i -> {
            int[] day = {0};
            return () ->
                    Asked.batch("nobody", Workload.oneOfEach(now.minus(Duration.ofDays(day[0]++))));
        });
        int rest = (stored - Stores.EVENTS_OF_EACH_DAY) / Asked.BATCH;
        Load.run(port, BATCH_CONNECTIONS, Duration.ofHours(1), rest, 204, i -> {
            Workload work = new Workload(i, now, Duration.ofDays(40));
            return () -> Asked.batch("nobody", work.batch(Asked.BATCH));
        });
    }

    /** As of the product, with the subject where a token would be. */
    private static byte[][] questions() {
        String[] subjects = new String[Workload.SUBJECTS];
        for (int i = 0; i < subjects.length; i++) {
            subjects[i] = Workload.subject(i);
        }
        return Asked.months(subjects);
    }

    private static OwnProcess start(TestServer postgres, String database) throws IOException {
        return OwnProcess.start(
                NaivePeer.class, postgres.url(database), TestServer.USER, TestServer.PASSWORD);
    }
}
