package io.meterport.adapters.sqlite.event;

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
    void findsEventsWithoutGoingThroughATable() throws Exception {
        List<String> queries = List.of(
                EventHours.RISING,
                EventHours.FALLING,
                EventHours.SOME,
                EventRuns.NEXT,
                EventRuns.OF_SERIES,
                StoredSeries.OF_SUBJECT,
                StoredSeries.OF_TYPE,
                StoredSeries.OF_NAMESPACE,
                EventListing.HOUR_BEFORE,
                EventListing.SERIES_OF_HOUR,
                SqliteBuilds.CHUNK,
                StoredSubjects.KNOWS);

        for (String query : queries) {
            assertThat(QueryPlan.scans(folder, query)).as(query).isEmpty();
        }
    }
}
