package io.meterport.adapters.sqlite.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.sqlite.file.DatabaseFile;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With generations of a few hundred keys, so that all that happens in years happens here. */
class KnownKeysTest {
    private static final int MOST_HOT = 300;
    private static final int ENOUGH = 12 * 8 * MOST_HOT;

    @TempDir
    private Path folder;

    private final Random random = new Random(7);
    private final List<ValueHash> stored = new ArrayList<>();
    private DatabaseFile file;
    private Readers readers;
    private Writer writer;
    private KnownKeys keys;

    @BeforeEach
    void open() {
        file = DatabaseFile.open(SqliteOptions.at(folder));
        readers = new Readers(file);
        keys = new KnownKeys(MOST_HOT);
        KeyUpkeep upkeep = new KeyUpkeep(keys);
        writer = new Writer(file, readers, List.of(keys, upkeep), List.of(upkeep));
    }

    @AfterEach
    void close() {
        writer.finish();
        readers.close();
        writer.close();
        file.close();
    }

    @Test
    void knowEachKeyOnceThroughSealingMergingAndReopening() {
        while (stored.size() < ENOUGH) {
            storeSome();
            if (random.nextInt(60) == 0) {
                close();
                open();
            }
        }
        awaitNoRest();

        assertThat(number("select max(size) from key_generation"))
                .isGreaterThanOrEqualTo(8L * MOST_HOT);
        requireAllKnown();
        close();
        open();
        requireAllKnown();
    }

    @Test
    void forgetWhatWasUndone() {
        storeSome();
        ValueHash lost = key();

        assertThatThrownBy(() -> writer.inTurn(session -> {
                    assertThat(keys.add(session, lost)).isTrue();
                    assertThat(keys.add(session, lost)).isFalse();
                    keys.write(session);
                    throw new IllegalArgumentException("on purpose");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(add(List.of(lost))).isEqualTo(1);
        requireAllKnown();
    }

    @Test
    void beginASealingAgainThatWasUndone() {
        while (stored.size() < 3 * MOST_HOT) {
            storeSome();
            assertThatThrownBy(() -> writer.inTurn(session -> {
                        throw new IllegalArgumentException("on purpose");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        awaitNoRest();

        requireAllKnown();
    }

    @Test
    void knowTheKeyOfNoughts() {
        ValueHash nought = new ValueHash(0, 0);

        assertThat(add(List.of(nought))).isEqualTo(1);

        assertThat(add(List.of(nought))).isZero();
    }

    /** Some new keys, some old ones, and some twice. */
    private void storeSome() {
        Set<ValueHash> fresh = new HashSet<>();
        List<ValueHash> sent = new ArrayList<>();
        for (int i = random.nextInt(1, 200); i > 0; i--) {
            ValueHash key = key();
            fresh.add(key);
            sent.add(key);
            if (random.nextInt(5) == 0) {
                sent.add(key);
            }
            if (!stored.isEmpty() && random.nextInt(5) == 0) {
                sent.add(stored.get(random.nextInt(stored.size())));
            }
        }
        assertThat(add(sent)).isEqualTo(fresh.size());
        stored.addAll(fresh);
    }

    private void requireAllKnown() {
        assertThat(add(stored)).isZero();
    }

    private int add(List<ValueHash> all) {
        return writer.inTurn(session -> {
            int fresh = 0;
            for (ValueHash key : all) {
                fresh += keys.add(session, key) ? 1 : 0;
            }
            keys.write(session);
            return fresh;
        });
    }

    private ValueHash key() {
        return new ValueHash(random.nextLong(), random.nextLong());
    }

    /** Until there are few generations, and what they replaced has been swept away. */
    private void awaitNoRest() {
        long end = System.nanoTime() + 60_000_000_000L;
        while (number("select count(*) > 32 from key_generation")
                        + number("select count(*) from key_generation where live = 0")
                        + number("select count(*) from key_log where id <= "
                                + "(select max(last_log) from key_generation)")
                > 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the upkeep never came to an end");
            }
            Thread.onSpinWait();
        }
        assertThat(number("select count(*) from key_block where (id >> 32) not in "
                        + "(select id from key_generation)"))
                .isZero();
    }

    private long number(String sql) {
        return readers.read(session ->
                session.handle().createQuery(sql).mapTo(Long.class).findOne().orElse(0L));
    }
}
