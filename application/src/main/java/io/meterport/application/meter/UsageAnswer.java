package io.meterport.application.meter;

import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import java.util.List;
import java.util.Objects;

/** The rows that answer a query. */
public record UsageAnswer(UsageQuery query, List<UsageRow> rows) {
    public UsageAnswer {
        Objects.requireNonNull(query, "query");
        rows = List.copyOf(rows);
    }
}
