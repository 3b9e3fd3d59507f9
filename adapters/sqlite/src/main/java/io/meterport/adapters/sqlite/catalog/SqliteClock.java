package io.meterport.adapters.sqlite.catalog;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.spi.ClockMark;
import java.time.Instant;
import java.util.Optional;

/** The clock mark in SQLite. */
public final class SqliteClock implements ClockMark {
    private final Readers readers;
    private final Writer writer;

    public SqliteClock(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public Optional<Instant> highest() {
        return readers.read(session -> session.handle()
                .createQuery("select time from clock_mark")
                .map((row, context) -> Micros.instant(row.getLong("time")))
                .findOne());
    }

    @Override
    public void raise(Instant to) {
        String raise = """
                insert into clock_mark (one, time) values (1, :time)
                on conflict (one) do update set time = max(time, excluded.time)""";
        writer.urgently(session ->
                session.handle().createUpdate(raise).bind("time", Micros.of(to)).execute());
    }
}
