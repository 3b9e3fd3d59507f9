package io.meterport.adapters.sqlite.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.sqlite.rollup.ValueHash;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
    /** Few different first halves make long runs of keys that want the same place. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40, 5_000, 1_000_000})
    void agreesWithATreeThatIsAddedToAndRemovedFrom(int halves) throws SQLException {
        Random random = new Random(halves);
        long[] highs = random.longs(halves).toArray();
        KeySet set = new KeySet();
        TreeSet<ValueHash> expected = new TreeSet<>();

        for (int i = 0; i < 20_000; i++) {
            long high = highs[random.nextInt(halves)];
            ValueHash key = new ValueHash(high, random.nextLong(1, 2_000));
            if (random.nextInt(4) == 0) {
                set.remove(key.high(), key.low());
                expected.remove(key);
            } else {
                assertThat(set.add(key.high(), key.low())).isEqualTo(expected.add(key));
            }
            ValueHash asked = new ValueHash(high, random.nextLong(1, 2_000));
            assertThat(set.has(asked.high(), asked.low())).isEqualTo(expected.contains(asked));
        }

        assertThat(set.size()).isEqualTo(expected.size());
        assertThat(all(set.sorted())).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void keepsTheKeysAtTheEnds(long half) throws SQLException {
        KeySet set = new KeySet();

        for (int low = 1; low <= 2_000; low++) {
            assertThat(set.add(half, low)).isTrue();
        }

        assertThat(all(set.sorted())).hasSize(2_000).doesNotHaveDuplicates().isSorted();
        assertThat(set.has(half, 2_000)).isTrue();
        assertThat(set.has(half, 2_001)).isFalse();
    }

    private static List<ValueHash> all(KeyCursor cursor) throws SQLException {
        List<ValueHash> keys = new ArrayList<>();
        while (cursor.next()) {
            keys.add(new ValueHash(cursor.high(), cursor.low()));
        }
        return keys;
    }
}
