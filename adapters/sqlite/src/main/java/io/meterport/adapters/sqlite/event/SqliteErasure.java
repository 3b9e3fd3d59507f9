package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.spi.Erasure;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;

/** Erases subjects, step by step between the writer's other work. */
public final class SqliteErasure implements Erasure {
    private record Step(long deleted, boolean more) {}

    private final Writer writer;
    private final PendingErasures pending;

    public SqliteErasure(Writer writer, PendingErasures pending) {
        this.writer = writer;
        this.pending = pending;
    }

    @Override
    public long erase(Namespace namespace, SubjectKey subject) {
        writer.inTurn(session -> {
            pending.begin(session, namespace, subject.value());
            return true;
        });
        long deleted = 0;
        Step step = step();
        while (step.more()) {
            deleted += step.deleted();
            step = step();
        }
        return deleted + step.deleted();
    }

    private Step step() {
        return writer.inTurn(session -> {
            EventRemoval removal = new EventRemoval(session);
            boolean more = pending.step(session, removal);
            return new Step(removal.deleted(), more);
        });
    }
}
