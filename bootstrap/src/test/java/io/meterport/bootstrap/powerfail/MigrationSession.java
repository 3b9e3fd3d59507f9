package io.meterport.bootstrap.powerfail;

import io.meterport.bootstrap.bench.ServerProcess;
import io.meterport.bootstrap.ledger.Account;
import io.meterport.bootstrap.ledger.Meters;
import io.meterport.bootstrap.ledger.MixedLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is recorded: a server of today's program under load, and the first start of a newer one on
 * what it left. Either the first is killed; or it is stopped, its file is made one of the oldest
 * layout, and the recording begins with the second. Not thread-safe.
 */
final class MigrationSession {
    private static final int BATCHES = 30;
    /** Nothing lies there, so that nothing is recorded. */
    private static final Map<String, String> UNSEEN = Map.of("RECORDER_FOLDER", "/nowhere");
    /**
     * Layout 2 writes first into tables of its own what layout 1 wrote where it belongs; layout 3
     * counts subjects; layout 4 has distinct values by the day and counts them.
     */
    private static final List<String> TO_THE_OLDEST = List.of(
            """
            insert into event_hour (series, hour, first, entries, sum)
            select series, hour, first, entries, sum from event_run_hour""",
            "drop table event_run_hour",
            "drop table event_run",
            "drop index series_subject",
            "alter table namespace drop column subjects",
            "drop table distinct_day",
            "alter table presence rename to presence_by_day",
            """
            create table presence (
                build integer not null,
                series integer not null,
                hour integer not null,
                combination integer not null,
                value blob not null,
                sum integer not null,
                primary key (build, series, hour, combination, value)
            ) strict, without rowid""",
            """
            insert into presence (build, series, hour, combination, value, sum)
            select build, series, hour, combination, value, sum from presence_by_day""",
            "drop table presence_by_day",
            "pragma user_version = 1");

    private final Life life;
    private final Path data;
    private final Path older;
    private final boolean isKilled;
    private List<Disk.Found> before = List.of();

    /**
     * @param older the classes of today's program
     */
    MigrationSession(Life life, Path data, Path older, boolean isKilled) {
        this.life = life;
        this.data = data;
        this.older = older;
        this.isKilled = isKilled;
    }

    /** Lives through it and returns what was promised. */
    Promises run() throws IOException {
        long readyAt;
        try (ServerProcess first = life.start(isKilled ? Map.of() : UNSEEN, Optional.of(older))) {
            readyAt = System.nanoTime();
            life.define(first, List.copyOf(Meters.definitions().keySet()));
            try (MixedLoad _ = life.load(first, 0)) {
                life.awaitBatches(BATCHES);
            }
            if (isKilled) {
                first.kill();
            }
        }
        if (!isKilled) {
            makeOldest();
            before = Disk.Found.in(data);
        }
        long migratingAt = System.nanoTime();
        life.start(Map.of(), Optional.empty()).close();
        Account account = life.ledger().account();
        return new Promises(
                readyAt,
                migratingAt,
                life.meters(),
                List.of(),
                account.batches(),
                account.tokens(),
                Forgetting.NOTHING);
    }

    /** What lay in the folder when the recording began. */
    List<Disk.Found> before() {
        return before;
    }

    private void makeOldest() throws IOException {
        try (var database =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("meterport.db"));
                var statement = database.createStatement()) {
            for (String each : TO_THE_OLDEST) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
