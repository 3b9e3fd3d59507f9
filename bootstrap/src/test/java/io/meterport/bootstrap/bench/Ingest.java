package io.meterport.bootstrap.bench;

import io.meterport.bootstrap.bench.Prepared.Counted;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Ingest in batches and of single events, and beside it what the machine could do at most. */
final class Ingest {
    private static final int BATCH_CONNECTIONS = 8;
    private static final int SINGLE_CONNECTIONS = 64;

    private final Duration time;

    Ingest(Duration time) {
        this.time = time;
    }

    void run() throws IOException {
        Stores.inNewServer(server -> {
            Tally tally = new Tally();
            Rounds.report(
                    List.of(server.process()),
                    "ingest, batches of 1,000, events",
                    BATCH_CONNECTIONS,
                    Asked.BATCH,
                    () -> Load.run(
                            server.port(),
                            BATCH_CONNECTIONS,
                            time,
                            204,
                            i -> Asked.batches(server.key(), i, tally)));
            Prepared.requireExact(server, new Counted(0, 0), tally);
            Rounds.number("resident memory after it, MiB", server.residentBytes() / 1_048_576.0);
        });
        Stores.inNewServer(server -> {
            Tally tally = new Tally();
            Rounds.report(
                    List.of(server.process()),
                    "ingest, single events",
                    SINGLE_CONNECTIONS,
                    1,
                    () -> Load.run(
                            server.port(),
                            SINGLE_CONNECTIONS,
                            time,
                            204,
                            i -> Asked.singles(server.key(), i, tally)));
            Prepared.requireExact(server, new Counted(0, 0), tally);
        });
        limits();
    }

    private void limits() throws IOException {
        Stores.inNewFolder(folder -> Rounds.number(
                "limit: the writer alone, fed from memory, batches of 1,000, events",
                WriterAlone.eventsPerSecond(folder, time)));
        Stores.inNewFolder(folder -> {
            try {
                Rounds.number(
                        "limit: rows of as many bytes into a bare SQLite table, 1,000 a transaction",
                        RawLimits.rowsPerSecond(folder, time));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            Rounds.number(
                    "limit: 4 KiB appended to a file and synced",
                    RawLimits.syncsPerSecond(folder, time));
        });
    }
}
