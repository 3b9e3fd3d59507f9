package io.meterport.bootstrap.powerfail;

import io.meterport.bootstrap.overlay.Overlay;
import io.meterport.bootstrap.proof.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * R2: the power fails while a newer program brings a file of today's layout, or of the oldest, to its
 * own. To be run in a process of that newer program, which {@link #newer} makes: it goes two steps
 * further, of which the first writes all events into another table.
 */
class MigrationCuts {
    private static final String STEPS =
            "adapters/sqlite/src/main/java/io/meterport/adapters/sqlite/file/Steps.java";
    private static final Path RESOURCES = Path.of("io/meterport/adapters/sqlite/file");
    private static final Pattern STEP = Pattern.compile("\"\\d{4}-[a-z-]+\\.sql\"");
    private static final Map<String, String> NEXT = Map.of("next-1.sql", """
            create table event_next (
                id integer primary key,
                series integer not null,
                time integer not null,
                source integer not null,
                name text not null,
                data blob not null,
                ingested integer not null,
                stored integer not null,
                sum integer not null,
                length integer
            ) strict;
            insert into event_next
                (id, series, time, source, name, data, ingested, stored, sum, length)
                select id, series, time, source, name, data, ingested, stored, sum, length(data)
                from event;
            drop table event;
            alter table event_next rename to event;
            create index event_stored on event (stored);
            """, "next-2.sql", """
            alter table portal_token add column note text not null default '';
            update portal_token set note = subject;
            create index token_note on portal_token (note);
            """);

    @TempDir
    private Path folder;

    /** Makes the classes of a newer program. */
    static Path newer(Path place) throws IOException {
        String today = Overlay.source(STEPS);
        MatchResult last = STEP.matcher(today).results().toList().getLast();
        String more = today.substring(0, last.end())
                + ", \"next-1.sql\", \"next-2.sql\""
                + today.substring(last.end());
        Path classes = Overlay.compile(Map.of(STEPS, more), place);
        for (Map.Entry<String, String> step : NEXT.entrySet()) {
            Files.writeString(classes.resolve(RESOURCES).resolve(step.getKey()), step.getValue());
        }
        return classes;
    }

    @Test
    void aPowerCutInAStepLosesNothingAndTheNextStartCompletesIt() throws Exception {
        Path older = Overlay.compile(Map.of(STEPS, Overlay.source(STEPS)), folder.resolve("older"));

        new Campaign(folder)
                .judge(
                        "R2 power cuts in steps to a newer layout",
                        Size.of("migrations", 150),
                        seed -> record(older, seed));
    }

    private Replay record(Path older, long seed) throws Exception {
        Path place = Files.createTempDirectory(folder, "migration");
        Recording recording = Recording.of(place.resolve("data"), place);
        try (Life life = new Life(place, recording.environment(), Optional.empty(), seed)) {
            MigrationSession session =
                    new MigrationSession(life, place.resolve("data"), older, seed % 2 == 0);
            Promises promises = session.run();
            int layout = NEXT.size()
                    + (int) STEP.matcher(Overlay.source(STEPS)).results().count();
            return new Replay(
                    recording.operations(),
                    promises,
                    session.before(),
                    disk -> completed(disk, layout, new Oracle(promises, disk)));
        }
    }

    /** What the storage that opened the disk made of it has to be of the newest layout. */
    private static Judge completed(Path disk, int newest, Judge judge) {
        return state -> {
            List<String> broken = new ArrayList<>(judge.broken(state));
            int layout = layout(disk);
            if (layout != newest) {
                broken.add("it is left in layout " + layout);
            }
            return broken;
        };
    }

    private static int layout(Path disk) {
        try (var database =
                        DriverManager.getConnection("jdbc:sqlite:" + disk.resolve("meterport.db"));
                var statement = database.createStatement();
                var result = statement.executeQuery("pragma user_version")) {
            return result.next() ? result.getInt(1) : -1;
        } catch (SQLException e) {
            return -1;
        }
    }
}
