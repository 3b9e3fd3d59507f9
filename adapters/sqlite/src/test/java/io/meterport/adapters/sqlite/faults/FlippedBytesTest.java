package io.meterport.adapters.sqlite.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.application.Threat;
import io.meterport.application.spi.Samples;
import io.meterport.application.spi.StorageDriver;
import io.meterport.application.spi.WholeStorage;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.WindowSize;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes one byte anywhere in a file and asks for usage. What comes back is right, or refused; and
 * where a row cannot be found any more, so that a number is too small, a verification says so.
 */
class FlippedBytesTest {
    private static final int FLIPS = Integer.getInteger("proofs.flips", 150);
    private static final int SEED = Integer.getInteger("proofs.seed", 6);
    private static final int EVENTS = 6_000;

    @TempDir
    private Path home;

    private Meter tokens;
    private Meter people;
    private List<List<UsageRow>> right = List.of();

    private enum Outcome {
        RIGHT,
        REFUSED,
        WRONG_BUT_VERIFIED
    }

    @Threat("I13")
    @Test
    void aChangedByteIsNeverPartOfANumberUnawares() throws IOException {
        Path sound = Files.createDirectories(home.resolve("sound"));
        try (SqliteStorage storage = open(sound)) {
            fill(new StorageDriver(WholeStorage.of(storage)));
            right = answers(storage);
        }
        Random random = new Random(SEED);
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

        for (int i = 0; i < FLIPS; i++) {
            Path folder = Files.createDirectories(home.resolve("flipped"));
            Path file = folder.resolve("meterport.db");
            Files.copy(sound.resolve("meterport.db"), file);
            long place = random.nextLong(Files.size(file));
            flip(file, place, 1 + random.nextInt(255));
            outcomes.merge(outcome(folder, place), 1, Integer::sum);
            for (String name : List.of("meterport.db", "meterport.db-wal", "meterport.db-shm")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }

        System.out.println("of " + FLIPS + " changed bytes: " + outcomes);
        assertThat(outcomes).as("changes are noticed at all").containsKey(Outcome.REFUSED);
    }

    @Threat("I13")
    @Test
    void aChangedNameIsFoundByAVerification() throws IOException {
        Path folder = Files.createDirectories(home.resolve("names"));
        Path file = folder.resolve("meterport.db");
        try (SqliteStorage storage = open(folder)) {
            fill(new StorageDriver(WholeStorage.of(storage)));
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<Integer> places = Pattern.compile("customer-7")
                .matcher(text)
                .results()
                .map(MatchResult::start)
                .toList();
        assertThat(places).as("in the table and its indexes").hasSizeGreaterThanOrEqualTo(3);

        for (int place : places) {
            flip(file, place, 1);
            try (SqliteStorage storage = open(folder)) {
                assertThat(isSound(storage)).as("byte %d", place).isFalse();
            }
            flip(file, place, 1);
        }
    }

    private Outcome outcome(Path folder, long place) {
        try (SqliteStorage storage = open(folder)) {
            boolean same;
            try {
                same = answers(storage).equals(right);
            } catch (RuntimeException e) {
                return Outcome.REFUSED;
            }
            if (same) {
                return Outcome.RIGHT;
            }
            assertThat(isSound(storage))
                    .as("byte %d: wrong, and nobody noticed", place)
                    .isFalse();
            return Outcome.WRONG_BUT_VERIFIED;
        } catch (RuntimeException e) {
            return Outcome.REFUSED; // It would not even open, or not close.
        }
    }

    private static boolean isSound(SqliteStorage storage) {
        try {
            return storage.verification().verify().isSound();
        } catch (ProblemException e) {
            return false;
        }
    }

    private void fill(StorageDriver driver) {
        tokens = driver.define(Samples.meter("tokens").sum().dimensions("model"));
        people = driver.define(Samples.meter("people").number(2).uniqueCount());
        List<Event> events = IntStream.range(0, EVENTS)
                .mapToObj(i -> Samples.event("id-" + i)
                        .of("customer-" + i % 20)
                        .at(Samples.NOON.minus(Duration.ofMinutes(7L * i % 20_000)))
                        .with("value", i % 50, "model", "m" + i % 3)
                        .event())
                .toList();
        for (int from = 0; from < EVENTS; from += 1_000) {
            driver.send(Namespace.DEFAULT, events.subList(from, from + 1_000));
        }
    }

    private List<List<UsageRow>> answers(SqliteStorage storage) {
        StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
        List<List<UsageRow>> answers = new ArrayList<>();
        for (Meter meter : List.of(tokens, people)) {
            answers.add(driver.answer(Samples.query(meter).query()));
            answers.add(driver.answer(
                    Samples.query(meter).apart().by(WindowSize.DAY).query()));
        }
        answers.add(driver.answer(Samples.query(tokens).groupBy("model").query()));
        answers.add(driver.answer(Samples.query(tokens)
                .from(Samples.NOON.minus(Duration.ofMinutes(1_234)))
                .to(Samples.NOON.minus(Duration.ofSeconds(20)))
                .query()));
        return answers;
    }

    private static SqliteStorage open(Path folder) {
        return SqliteStorage.open(SqliteOptions.at(folder), InstantSource.fixed(Samples.NOON));
    }

    private static void flip(Path file, long place, int change) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(place);
            int old = open.read();
            open.seek(place);
            open.write(old ^ change);
        }
    }
}
