package io.meterport.bootstrap.powerfail;

import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.bench.Succession;
import io.meterport.bootstrap.ledger.Account;
import io.meterport.bootstrap.ledger.Meters;
import io.meterport.bootstrap.ledger.MixedLoad;
import io.meterport.domain.subject.SubjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What is recorded: events that arrive while the log is moved into the file again and again, a
 * subject erased, a start that forgets old events, a kill, and a start that has to recover.
 */
final class UpkeepSession {
    private static final int BATCHES = 40;
    private static final SubjectKey SUBJECT = new SubjectKey("customer-3");
    private static final Map<String, String> FORGETFUL = Map.of("METERPORT_DATA_KEEP_EVENTS", "1d");
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long PAUSE_NANOS = 100_000_000;
    /** Events of a year ago are among the ledger's, so that there is something to forget. */
    private static final String OLD = """
            select count(*) from series_hour
            where hour < (select horizon / 3600000000 from upkeep)
                or not (select horizon from upkeep)""";

    private UpkeepSession() {}

    /** Lives through it and returns what was promised. */
    static Promises run(Life life, Path data) throws IOException {
        long readyAt;
        long erasingAt;
        long erasedAt;
        long forgettingAt;
        try (Succession servers = new Succession(new Once(life))) {
            readyAt = System.nanoTime();
            ServerProcess first = servers.now();
            life.define(first, List.copyOf(Meters.definitions().keySet()));
            try (MixedLoad _ = life.load(first, 0)) {
                life.awaitBatches(BATCHES);
            }
            erasingAt = System.nanoTime();
            Life.call(
                    first,
                    "POST",
                    "/api/v1/subjects/" + SUBJECT + "/erase",
                    "{\"confirm\":\"" + SUBJECT + "\"}");
            erasedAt = System.nanoTime();
            forgettingAt = erasedAt;
            servers.next();
            awaitForgotten(data);
            servers.next();
        }
        Account account = life.ledger().account();
        return new Promises(
                readyAt,
                Long.MIN_VALUE,
                life.meters(),
                List.of(),
                account.batches(),
                account.tokens(),
                new Forgetting(Optional.of(SUBJECT), erasingAt, erasedAt, forgettingAt));
    }

    /** The first server keeps all events, those after it forget. */
    private static final class Once implements Succession.Start {
        private final Life life;
        private boolean isLater;

        Once(Life life) {
            this.life = life;
        }

        @Override
        public ServerProcess server() throws IOException {
            Map<String, String> more = isLater ? FORGETFUL : Map.of();
            isLater = true;
            return life.start(more);
        }
    }

    private static void awaitForgotten(Path data) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isForgotten(data)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("old events are not forgotten");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isForgotten(Path data) throws IOException {
        try (var database =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("meterport.db"));
                var statement = database.createStatement();
                var result = statement.executeQuery(OLD)) {
            return result.next() && result.getLong(1) == 0;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
