package io.meterport.bootstrap.metrics;

import io.meterport.application.spi.UsageReader;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times the reading of usage. */
public final class MeasuredUsage implements UsageReader {
    private final UsageReader usage;
    private final Timer reads;

    public MeasuredUsage(UsageReader usage, Metrics metrics) {
        this.usage = usage;
        this.reads = metrics.timer("meterport.usage.read", "The computing of one meter's usage.");
    }

    @Override
    public List<Reading> read(UsageQuery query) {
        long begin = System.nanoTime();
        try {
            return usage.read(query);
        } finally {
            reads.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        }
    }
}
