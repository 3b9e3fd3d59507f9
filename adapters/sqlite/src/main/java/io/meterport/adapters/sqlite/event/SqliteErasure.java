package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Writer;
import io.meterport.application.spi.Erasure;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import java.util.List;

/** Erases subjects, step by step between the writer's other work. */
public final class SqliteErasure implements Erasure {
    private final Writer writer;
    private final PendingErasures pending;

    public SqliteErasure(Writer writer, PendingErasures pending) {
        this.writer = writer;
        this.pending = pending;
    }

    @Override
    public long erase(Namespace namespace, SubjectKey subject) {
        List<Long> series =
                writer.inTurn(session -> pending.begin(session, namespace, subject.value()));
        boolean more = true;
        while (more) {
            more = writer.inTurn(pending::step);
        }
        return writer.inTurn(session -> pending.deleted(series));
    }
}
