package io.meterport.application.meter;

import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.UsageReader;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;

/** Answers operators' questions about usage, of any subject. Thread-safe. */
public final class QueryUsage {
    private final MeterStore meters;
    private final UsageReader usage;

    public QueryUsage(MeterStore meters, UsageReader usage) {
        this.meters = meters;
        this.usage = usage;
    }

    /** The answer; or {@code unknown-meter}, or what is wrong with the request. */
    public UsageAnswer ask(Namespace namespace, MeterName name, UsageRequest request) {
        UsageQuery query = request.of(name.in(meters.catalog(namespace)));
        return new UsageAnswer(query, Usage.rows(query, usage.read(query)));
    }
}
