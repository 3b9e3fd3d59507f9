package io.meterport.bootstrap.powerfail;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.bootstrap.proof.Report;
import io.meterport.bootstrap.proof.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges the states of one recording after the other, until there were as many as wanted.
 *
 * @param folder where disks are laid out if there is no file system in memory
 */
record Campaign(Path folder) {
    /** A file system in memory, where there is one: it holds thousands of disks in turn. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Makes a recording, whose choices follow from the seed. */
    @FunctionalInterface
    interface Recorded {
        Replay session(long seed) throws Exception;
    }

    /** Judges what is laid out in a folder. */
    @FunctionalInterface
    interface Judging {
        List<String> in(Path place) throws IOException;
    }

    /** Fails if anything is broken, and reports how much was judged. */
    void judge(String name, int wanted, Recorded recorded) throws Exception {
        int random = Size.of("random", 1);
        long judged = 0;
        long operations = 0;
        for (long seed = Size.seed(); judged < wanted; seed++) {
            Replay replay = recorded.session(seed);
            int every = Math.max(
                    1,
                    Math.toIntExact(replay.operations() * (2L + random) / (wanted - judged + 1)));

            long chance = seed;
            List<String> broken = inMemory(place -> replay.broken(place, random, every, chance));

            assertThat(broken).isEmpty();
            judged += replay.judged();
            operations += replay.operations();
        }
        Report.add(
                name,
                "%,d different states of %,d operations, nothing broken"
                        .formatted(judged, operations));
    }

    /** Lends a folder, in memory if possible, to whoever judges. */
    List<String> inMemory(Judging judging) throws IOException {
        Path place = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "meterport")
                : Files.createTempDirectory(folder, "disks");
        try {
            return judging.in(place);
        } finally {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
