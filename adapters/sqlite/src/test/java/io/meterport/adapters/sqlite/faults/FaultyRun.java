package io.meterport.adapters.sqlite.faults;

import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.portal.Revocation;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.UsageRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One life of a storage in a folder, in which one operation on its files fails. */
final class FaultyRun {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int BATCH = 40;
    private static final int MOST_TRIES = 3;

    private final Path folder;
    private final Faults faults;

    FaultyRun(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    /** What a run does while the fault is armed. */
    interface Part {
        void run(SqliteStorage storage);
    }

    /**
     * Lets an operation fail while events come, tokens are revoked and a backup is made; whatever was
     * acknowledged has to be there afterwards, and what was not has to be possible again.
     *
     * @return whether there was an operation of that number
     */
    boolean work(Faults.Kind kind, int number) {
        Meter meter;
        try (SqliteStorage storage = open()) {
            meter = driver(storage).define(Samples.meter("requests").dimensions("model"));
            driver(storage).send(Namespace.DEFAULT, events(0));
        }
        long failed;
        boolean acked;
        long revoked;
        try (SqliteStorage storage = open()) {
            faults.arm(kind, number);
            acked = succeeds(() -> driver(storage).send(Namespace.DEFAULT, events(1)));
            revoked = succeeds(() -> revoke(storage)) ? storage.revocations().head() : 0;
            Optional<String> refusal = refusal(() -> storage.copyTo(backup()));
            failed = faults.release();
            requireWholeOrNone(refusal);
            again(() -> reads(storage, meter));
            require(reads(storage, meter) >= (acked ? 2 : 1) * BATCH, "reading lost events");
            again(() -> driver(storage).send(Namespace.DEFAULT, events(1)));
            again(() -> revoke(storage));
        }
        require(revoked == 0 || revoked <= headOf(), "a revocation was lost");
        check(meter, 2 * BATCH);
        return failed > 0;
    }

    /**
     * Lets an operation fail while the storage is opened for the first time.
     *
     * @return whether there was an operation of that number
     */
    boolean begin(Faults.Kind kind, int number) {
        faults.arm(kind, number);
        boolean opened = opens();
        long failed = faults.release();
        Meter meter;
        try (SqliteStorage storage = open()) {
            meter = driver(storage).define(Samples.meter("requests").dimensions("model"));
            driver(storage).send(Namespace.DEFAULT, events(0));
        }
        check(meter, BATCH);
        require(opened || failed > 0, "it did not open though nothing failed");
        return failed > 0;
    }

    /** Fills the disk and frees it, again and again, while events come and are asked for. */
    void fill(int cycles) {
        try (SqliteStorage storage = open()) {
            Meter meter = driver(storage).define(Samples.meter("requests").dimensions("model"));
            for (int cycle = 0; cycle < cycles; cycle++) {
                int batch = cycle;
                driver(storage).send(Namespace.DEFAULT, events(batch));
                faults.arm(Faults.Kind.FULL, 1);
                for (int i = 0; i < MOST_TRIES + 2; i++) {
                    require(
                            !succeeds(() ->
                                    driver(storage).send(Namespace.DEFAULT, events(batch + 1))),
                            "it was acknowledged on a full disk");
                    require(reads(storage, meter) >= (batch + 1) * BATCH, "reading lost events");
                }
                faults.release();
                again(() -> driver(storage).send(Namespace.DEFAULT, events(batch + 1)));
            }
            check(storage, meter, (cycles + 1) * BATCH);
        }
    }

    private void check(Meter meter, int events) {
        try (SqliteStorage storage = open()) {
            check(storage, meter, events);
        }
    }

    private static void check(SqliteStorage storage, Meter meter, int events) {
        require(reads(storage, meter) == events, "an event was lost or counted twice");
        List<String> differences = storage.verification().verify().differences();
        require(differences.isEmpty(), String.join("\n", differences));
        driver(storage).send(Namespace.DEFAULT, events(0));
        require(reads(storage, meter) == events, "an event was counted twice");
    }

    private long headOf() {
        try (SqliteStorage storage = open()) {
            return storage.revocations().head();
        }
    }

    private static long reads(SqliteStorage storage, Meter meter) {
        List<UsageRow> rows = driver(storage).rows(Samples.query(meter).query());
        return rows.isEmpty() ? 0 : rows.getFirst().value().longValueExact();
    }

    private static void revoke(SqliteStorage storage) {
        storage.revocations()
                .revoke(
                        Namespace.DEFAULT,
                        new Revocation.OfSubject(new SubjectKey("alice")),
                        "tests",
                        Samples.NOON,
                        LIFE);
    }

    private boolean opens() {
        try (SqliteStorage storage = open()) {
            return storage.revocations().head() == 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private SqliteStorage open() {
        return SqliteStorage.open(SqliteOptions.at(folder), InstantSource.fixed(Samples.NOON));
    }

    private Path backup() {
        return folder.resolve("backups").resolve("one.db");
    }

    private static StorageDriver driver(SqliteStorage storage) {
        return new StorageDriver(WholeStorage.of(storage));
    }

    private static List<Event> events(int batch) {
        return IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                .mapToObj(i -> Samples.event("id-" + i)
                        .at(Samples.NOON.minus(Duration.ofHours(i % 30)))
                        .with("model", "m" + i % 3)
                        .event())
                .toList();
    }

    /** A backup is there if it was made; or whole, if nobody could tell. */
    private void requireWholeOrNone(Optional<String> refusal) {
        boolean exists = Files.exists(backup());
        require(exists || refusal.isPresent(), "there is no backup");
        require(
                !exists || refusal.isEmpty() || refusal.get().equals("outcome-unknown"),
                "there is a backup that was refused");
        if (exists) {
            try (Handle copy = Jdbi.create("jdbc:sqlite:" + backup()).open()) {
                String check = copy.select("pragma integrity_check")
                        .mapTo(String.class)
                        .one();
                long events = copy.select("select count(*) from event")
                        .mapTo(long.class)
                        .one();
                require(check.equals("ok") && events >= BATCH, "there is half a backup");
            }
        }
    }

    private static boolean succeeds(Runnable what) {
        return refusal(what).isEmpty();
    }

    private static Optional<String> refusal(Runnable what) {
        try {
            what.run();
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem().code());
        }
    }

    /** What was refused has to be possible as soon as the disk works, without a restart. */
    private static void again(Runnable what) {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            if (succeeds(what)) {
                return;
            }
        }
        what.run();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
