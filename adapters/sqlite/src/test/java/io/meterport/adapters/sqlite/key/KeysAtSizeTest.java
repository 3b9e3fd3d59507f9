package io.meterport.adapters.sqlite.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.sqlite.file.DatabaseFile;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stores many keys, in transactions of 5,000 as the server does, and then asks for some that are
 * there and some that never were. A quarter of a million in an ordinary build; the profile says more.
 */
class KeysAtSizeTest {
    private static final long KEYS = Long.getLong("proofs.keys", 250_000);
    private static final int PROBES = (int) Math.min(10_000_000, KEYS / 5);
    private static final int TOGETHER = 5_000;
    private static final long FIRST_ROW = 250_000;

    @TempDir
    private Path folder;

    @Test
    void everyKeyIsKnownAndNoOtherHoweverManyThereAre() throws IOException {
        DatabaseFile file = DatabaseFile.open(SqliteOptions.at(folder));
        Readers readers = new Readers(file);
        KnownKeys keys = new KnownKeys();
        KeyUpkeep upkeep = new KeyUpkeep(keys);
        Writer writer = new Writer(file, readers, List.of(keys, upkeep), List.of(upkeep));

        System.out.println("| keys | stored a second, since the row before | bytes a key |");
        System.out.println("|---|---|---|");
        long row = FIRST_ROW;
        long since = 0;
        long start = System.nanoTime();
        for (long stored = 0; stored < KEYS; ) {
            long first = stored;
            assertThat(add(writer, keys, first)).isEqualTo(TOGETHER);
            stored += TOGETHER;
            if (stored == row || stored >= KEYS) {
                long nanos = System.nanoTime() - start;
                System.out.printf(
                        "| %,d | %,d | %.1f |%n",
                        stored,
                        (stored - since) * 1_000_000_000L / nanos,
                        size() / (double) stored);
                row = row == FIRST_ROW ? 1_000_000 : row * 10;
                since = stored;
                start = System.nanoTime();
            }
        }
        probe(writer, keys);
        writer.finish();
        readers.close();
        writer.close();
        file.close();
    }

    /** Every second probe is of a key that was stored, somewhere in all of them. */
    private static void probe(Writer writer, KnownKeys keys) {
        SplittableRandom random = new SplittableRandom(1);
        long[] nanos = new long[PROBES];
        for (int from = 0; from < PROBES; from += TOGETHER) {
            int first = from;
            writer.inTurn(session -> {
                for (int i = first; i < Math.min(PROBES, first + TOGETHER); i++) {
                    boolean isOld = i % 2 == 0;
                    ValueHash key = isOld ? key(random.nextLong(KEYS)) : key(KEYS + i);
                    long before = System.nanoTime();
                    boolean isNew = keys.add(session, key);
                    nanos[i] = System.nanoTime() - before;
                    if (isNew == isOld) {
                        throw new AssertionError("key " + i + " was taken for another");
                    }
                }
                keys.write(session);
                return true;
            });
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%,d probes, none wrong; p50 %.1f us, p99 %.1f us, longest %.1f ms%n",
                PROBES,
                nanos[PROBES / 2] / 1e3,
                nanos[PROBES - PROBES / 100] / 1e3,
                nanos[PROBES - 1] / 1e6);
    }

    private static int add(Writer writer, KnownKeys keys, long first) {
        return writer.inTurn(session -> {
            int fresh = 0;
            for (long number = first; number < first + TOGETHER; number++) {
                fresh += keys.add(session, key(number)) ? 1 : 0;
            }
            keys.write(session);
            return fresh;
        });
    }

    /** As evenly spread as a hash, and found again from its number. */
    private static ValueHash key(long number) {
        SplittableRandom bits = new SplittableRandom(number);
        return new ValueHash(bits.nextLong(), bits.nextLong());
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(each -> each.toFile().length()).sum();
        }
    }
}
