package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.domain.problem.Require;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UlidsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    @Test
    void spellsTheTimeAndTheRandomBitsInCrockfordsDigits() {
        Ulids zero = new Ulids(InstantSource.fixed(Instant.EPOCH), bits(0, 0));
        Ulids ones =
                new Ulids(InstantSource.fixed(Instant.ofEpochMilli((1L << 48) - 1)), bits(-1, -1));
        Ulids known = new Ulids(
                InstantSource.fixed(Instant.ofEpochMilli(1_469_918_176_385L)), bits(0x8421, 1));

        assertThat(zero.get()).isEqualTo("00000000000000000000000000");
        assertThat(ones.get()).isEqualTo("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        assertThat(known.get()).isEqualTo("01ARYZ6S41GGGG000000000001");
    }

    @Test
    void risesWithinAMillisecond() {
        Ulids ulids = new Ulids(InstantSource.fixed(NOW), new Random(1));

        List<String> made = Stream.generate(ulids).limit(10_000).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(Require::isUlid);
        assertThat(made).allMatch(id -> id.startsWith(made.getFirst().substring(0, 10)));
    }

    @Test
    void risesWhenTheClockGoesBack() {
        Deque<Instant> times =
                new ArrayDeque<>(List.of(NOW, NOW.minusSeconds(3_600), NOW.plusMillis(1)));
        Ulids ulids = new Ulids(times::removeFirst, new Random(1));

        assertThat(List.of(ulids.get(), ulids.get(), ulids.get()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void goesToTheNextMillisecondWhenItsBitsAreUsedUp() {
        Ulids ulids = new Ulids(InstantSource.fixed(Instant.ofEpochMilli(31)), bits(-1, -1));

        assertThat(List.of(ulids.get(), ulids.get()))
                .containsExactly("000000000ZZZZZZZZZZZZZZZZZ", "0000000010ZZZZZZZZZZZZZZZZ");
    }

    @Test
    void isUniqueAcrossThreads() {
        Ulids ulids = new Ulids(InstantSource.fixed(NOW), new Random(1));
        Set<String> made = java.util.Collections.synchronizedSet(new HashSet<>());

        IntStream.range(0, 20_000).parallel().forEach(_ -> made.add(ulids.get()));

        assertThat(made).hasSize(20_000);
    }

    private static RandomGenerator bits(int high, long low) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return low;
            }

            @Override
            public int nextInt(int bound) {
                return high & (bound - 1);
            }
        };
    }
}
