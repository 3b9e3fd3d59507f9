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
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes one byte anywhere in the files that a stopped or a killed server left, and asks for usage.
 * What comes back is right, or refused; and where a row cannot be found any more, so that a number is
 * too small, a verification says so. The one thing that nobody can notice is that the last transaction
 * of a log is gone, since a power cut while it was written leaves the same.
 */
class FlippedBytesTest {
    private static final int FLIPS = Integer.getInteger("proofs.flips", 150);
    private static final int SEED = Integer.getInteger("proofs.seed", 6);
    private static final int EVENTS = 6_000;
    private static final int BATCH = 1_000;
    private static final String LOG = "meterport.db-wal";
    private static final List<String> FILES = List.of("meterport.db", LOG, "meterport.db-shm");

    @TempDir
    private Path home;

    private Meter tokens;
    private Meter people;
    private List<List<UsageRow>> right = List.of();
    private final List<List<List<UsageRow>>> earlier = new ArrayList<>();

    private enum Outcome {
        RIGHT,
        REFUSED,
        WRONG_BUT_VERIFIED,
        WITHOUT_THE_LAST
    }

    @Threat("I13")
    @Test
    void aChangedByteIsNeverPartOfANumberUnawares() throws IOException {
        Path stopped = home.resolve("stopped");
        Path killed = home.resolve("killed");
        write(stopped, killed);
        Random random = new Random(SEED);
        Map<String, Map<Outcome, Integer>> outcomes = new TreeMap<>();

        for (int i = 0; i < FLIPS; i++) {
            // Of a killed server everything lies in the log.
            Path sound = i % 3 == 2 ? killed : stopped;
            Path folder = copy(sound, home.resolve("flipped"));
            Path file = random(folder, random);
            long place = random.nextLong(Files.size(file));
            flip(file, place, 1 + random.nextInt(255));
            outcomes.computeIfAbsent(name(file), _ -> new EnumMap<>(Outcome.class))
                    .merge(outcome(folder, name(file) + ", byte " + place), 1, Integer::sum);
        }

        System.out.println("of " + FLIPS + " changed bytes: " + outcomes);
        assertThat(outcomes.get("meterport.db")).containsKey(Outcome.REFUSED);
        assertThat(outcomes.get("meterport.db-wal")).containsKey(Outcome.REFUSED);
    }

    @Threat("I13")
    @Test
    void aChangedNameIsFoundByAVerification() throws IOException {
        Path folder = home.resolve("stopped");
        write(folder, home.resolve("killed"));
        Path file = folder.resolve("meterport.db");
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

    /** Makes the files that a stop leaves, and those of a kill. */
    private void write(Path stopped, Path killed) throws IOException {
        try (SqliteStorage storage = open(stopped)) {
            StorageDriver driver = new StorageDriver(WholeStorage.of(storage));
            define(driver);
            for (int from = 0; from < EVENTS; from += BATCH) {
                earlier.addFirst(answers(storage));
                driver.send(Namespace.DEFAULT, events().subList(from, from + BATCH));
            }
            right = answers(storage);
            copy(stopped, killed);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : FILES) {
            Files.deleteIfExists(to.resolve(name));
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
        return to;
    }

    /** One of the files in the folder, the larger the likelier. */
    private static Path random(Path folder, Random random) throws IOException {
        long all = 0;
        for (String name : FILES) {
            all += Files.exists(folder.resolve(name)) ? Files.size(folder.resolve(name)) : 0;
        }
        long place = random.nextLong(all);
        for (String name : FILES) {
            Path file = folder.resolve(name);
            if (Files.exists(file) && place < Files.size(file)) {
                return file;
            }
            place -= Files.exists(file) ? Files.size(file) : 0;
        }
        throw new IllegalStateException("no file has byte " + place);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private Outcome outcome(Path folder, String place) {
        try (SqliteStorage storage = open(folder)) {
            List<List<UsageRow>> found;
            try {
                found = answers(storage);
            } catch (RuntimeException e) {
                return Outcome.REFUSED;
            }
            if (found.equals(right)) {
                return Outcome.RIGHT;
            }
            // With it goes the one before if the byte is in the head between them.
            if (place.startsWith(LOG) && earlier.subList(0, 2).contains(found)) {
                return Outcome.WITHOUT_THE_LAST;
            }
            assertThat(isSound(storage))
                    .as("%s: wrong, and nobody noticed", place)
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

    private void define(StorageDriver driver) {
        tokens = driver.define(Samples.meter("tokens").sum().dimensions("model"));
        people = driver.define(Samples.meter("people").number(2).uniqueCount());
    }

    private static List<Event> events() {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> Samples.event("id-" + i)
                        .of("customer-" + i % 20)
                        .at(Samples.NOON.minus(Duration.ofMinutes(7L * i % 20_000)))
                        .with("value", i % 50, "model", "m" + i % 3)
                        .event())
                .toList();
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
