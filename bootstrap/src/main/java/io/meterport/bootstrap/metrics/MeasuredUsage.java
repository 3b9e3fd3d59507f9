package io.meterport.bootstrap.metrics;

import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.UsageState;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

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
        return timed(() -> usage.read(query));
    }

    @Override
    public <T> T together(Function<UsageState, T> reading) {
        return usage.together(state -> reading.apply(new Measured(state)));
    }

    private final class Measured implements UsageState {
        private final UsageState state;

        Measured(UsageState state) {
            this.state = state;
        }

        @Override
        public List<Reading> read(UsageQuery query) {
            return timed(() -> state.read(query));
        }

        @Override
        public UsageChange lastChange(UsageQuery query) {
            return state.lastChange(query);
        }
    }

    private <T> T timed(Supplier<T> reading) {
        long begin = System.nanoTime();
        try {
            return reading.get();
        } finally {
            reads.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        }
    }
}
