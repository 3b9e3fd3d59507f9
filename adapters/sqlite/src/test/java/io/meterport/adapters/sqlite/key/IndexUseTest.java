package io.meterport.adapters.sqlite.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.sqlite.file.QueryPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexUseTest {
    @TempDir
    private Path folder;

    @Test
    void findsKeysWithoutGoingThroughATable() throws Exception {
        List<String> queries = List.of(
                KeyTables.LOG,
                KeyTables.BLOCK,
                KeyTables.FILTER,
                KeyTables.DELETE_LOG,
                KeyTables.DELETE_BLOCKS,
                KeyTables.DELETE_FILTER);

        for (String query : queries) {
            assertThat(QueryPlan.scans(folder, query)).as(query).isEmpty();
        }
    }
}
