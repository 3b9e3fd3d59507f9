package io.meterport.adapters.http;

import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.UsageState;
import io.meterport.domain.usage.Reading;
import io.meterport.domain.usage.UsageQuery;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stands between the use cases and a storage, and does something about every query. */
record Between(UsageReader reader, UnaryOperator<Function<UsageQuery, List<Reading>>> change)
        implements UsageReader {
    @Override
    public List<Reading> read(UsageQuery query) {
        return change.apply(reader::read).apply(query);
    }

    @Override
    public <T> T together(Function<UsageState, T> reading) {
        return reader.together(state -> reading.apply(new State(state, change)));
    }

    private record State(
            UsageState state, UnaryOperator<Function<UsageQuery, List<Reading>>> change)
            implements UsageState {
        @Override
        public List<Reading> read(UsageQuery query) {
            return change.apply(state::read).apply(query);
        }

        @Override
        public UsageChange lastChange(UsageQuery query) {
            return state.lastChange(query);
        }
    }
}
