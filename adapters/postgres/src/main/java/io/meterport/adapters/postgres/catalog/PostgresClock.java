package io.meterport.adapters.postgres.catalog;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.ClockMark;
import java.time.Instant;
import java.util.Optional;

/** The clock mark in PostgreSQL. */
public final class PostgresClock implements ClockMark {
    private final Transactions transactions;

    public PostgresClock(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Instant> highest() {
        return transactions.readOnce(handle -> handle.createQuery("select time from clock_mark")
                .map((row, context) -> Micros.instant(row.getLong("time")))
                .findOne());
    }

    @Override
    public void raise(Instant to) {
        String raise = """
                insert into clock_mark (one, time) values (1, :time)
                on conflict (one) do update set time = greatest(clock_mark.time, excluded.time)""";
        transactions.write(
                handle -> handle.createUpdate(raise).bind("time", Micros.of(to)).execute());
    }
}
