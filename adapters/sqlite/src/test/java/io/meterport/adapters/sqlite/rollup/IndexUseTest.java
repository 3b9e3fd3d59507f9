package io.meterport.adapters.sqlite.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.sqlite.file.QueryPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexUseTest {
    @TempDir
    private Path folder;

    @Test
    void findsPagesAndValuesWithoutGoingThroughATable() throws Exception {
        List<String> queries = new ArrayList<>(List.of(
                RecentTable.FIND, RecentTable.NEXT_HOUR, RecentTable.READ, RecentTable.BEFORE));
        queries.addAll(List.of(PresentValues.READ, DistinctDays.READ));
        queries.addAll(List.of(DistinctDay.IS_KNOWN, DistinctDay.RECOUNT));
        for (Level level : Level.values()) {
            PageTable table = new PageTable(level);
            queries.addAll(List.of(table.find, table.totals, table.parts, table.nextBlock));
        }

        for (String query : queries) {
            assertThat(QueryPlan.scans(folder, query)).as(query).isEmpty();
        }
    }
}
