package io.meterport.adapters.sqlite.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.adapters.sqlite.file.DatabaseFile;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.SqliteOptions;
import io.meterport.adapters.sqlite.file.Writer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentMemoryTest {
    private static final BuildTarget TARGET = new BuildTarget(1, Merge.SUM, false, false);
    private static final HourCells ROW = new HourCells(TARGET, 1, 2);
    private static final byte[] BEFORE = {1};
    private static final byte[] AFTER = {2};

    @TempDir
    private Path folder;

    private final RecentMemory memory = new RecentMemory();
    private DatabaseFile file;
    private Readers readers;
    private Writer writer;

    @BeforeEach
    void open() {
        file = DatabaseFile.open(SqliteOptions.at(folder));
        readers = new Readers(file);
        writer = new Writer(file, readers, List.of(memory), List.of());
    }

    @AfterEach
    void close() {
        writer.close();
        readers.close();
        file.close();
    }

    @Test
    void forgetsWhatATransactionWroteThatIsUndone() {
        put(BEFORE);

        assertThatThrownBy(() -> writer.inTurn(session -> {
                    memory.find(session, ROW, 0);
                    memory.put(session, ROW, 0, AFTER);
                    assertThat(memory.find(session, ROW, 0)).isEqualTo(AFTER);
                    throw new IllegalStateException("undone");
                }))
                .hasMessageContaining("undone");

        assertThat(find()).isEqualTo(BEFORE);
    }

    @Test
    void readsAgainWhatAnotherTransactionMayHaveChanged() {
        put(BEFORE);

        writer.inTurn(session -> {
            new RecentTable().put(session, ROW, 0, AFTER);
            return true;
        });

        assertThat(find()).isEqualTo(AFTER);
    }

    @Test
    void knowsThatARowIsNoMore() {
        put(BEFORE);

        writer.inTurn(session -> {
            memory.find(session, ROW, 0);
            memory.delete(session, ROW, 0);
            return true;
        });

        assertThat(find()).isEmpty();
    }

    @Test
    void doesNotReadWhatItKnows() {
        put(BEFORE);
        put(BEFORE);

        byte[] first = find();

        assertThat(find()).isSameAs(first);
    }

    private void put(byte[] parts) {
        writer.inTurn(session -> {
            memory.find(session, ROW, 0);
            memory.put(session, ROW, 0, parts);
            return true;
        });
    }

    private byte[] find() {
        return writer.inTurn(session -> memory.find(session, ROW, 0));
    }
}
