package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.adapters.sqlite.key.KeySalt;
import io.meterport.application.spi.EventBatch;
import io.meterport.application.spi.EventStore;
import io.meterport.application.spi.Pulse;

/** Takes events in. */
public final class SqliteEvents implements EventStore {
    private final Writer writer;
    private final GroupCommit commits;
    private final KeySalt salt;

    public SqliteEvents(Writer writer, EventWriter events, KeySalt salt) {
        this.writer = writer;
        this.commits = new GroupCommit(writer, events);
        this.salt = salt;
    }

    @Override
    public int append(EventBatch batch) {
        NewBatch prepared = new NewBatch(batch, salt);
        commits.add(prepared);
        return Writer.await(prepared.answer());
    }

    @Override
    public int waiting() {
        return commits.waitingEvents();
    }

    @Override
    public Pulse pulse() {
        return writer.pulse();
    }

    @Override
    public long conflicts() {
        return commits.conflicts();
    }
}
