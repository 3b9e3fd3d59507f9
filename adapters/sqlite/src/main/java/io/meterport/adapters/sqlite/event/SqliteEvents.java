package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.EventStore;

/** Takes events in. */
public final class SqliteEvents implements EventStore {
    private final GroupCommit commits;

    public SqliteEvents(Writer writer, EventWriter events) {
        this.commits = new GroupCommit(writer, events);
    }

    @Override
    public int append(EventBatch batch) {
        NewBatch prepared = new NewBatch(batch);
        commits.add(prepared);
        return Writer.await(prepared.answer());
    }
}
