package io.meterport.adapters.sqlite.catalog;

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
    void findsTokensAndRevocationsWithoutGoingThroughATable() throws Exception {
        List<String> queries = new ArrayList<>(List.of(
                SqliteTokens.VERDICT,
                SqliteTokens.LIST_ALL,
                SqliteTokens.LIST_SUBJECT,
                LiveTokens.COUNT));
        queries.addAll(TokenPurge.STEPS);

        for (String query : queries) {
            assertThat(QueryPlan.scans(folder, query)).as(query).isEmpty();
        }
    }
}
