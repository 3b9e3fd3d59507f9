package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.file.Readers;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.EventReader;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventType;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Window;
import java.util.ArrayList;
import java.util.List;

/** Gives stored events back. */
public final class SqliteHistory implements EventReader {
    private final Readers readers;
    private final StoredHorizon horizon;
    private final int rawBudget;

    /**
     * @param rawBudget how many events one list may look through
     */
    public SqliteHistory(Readers readers, StoredHorizon horizon, int rawBudget) {
        this.readers = readers;
        this.horizon = horizon;
        this.rawBudget = rawBudget;
    }

    @Override
    public List<StoredEvent> list(EventQuery query) {
        return readers.read(
                session -> new EventListing(session, query, horizon.get(), rawBudget).list());
    }

    @Override
    public List<SubjectKey> subjects(Namespace namespace, EventType type, Window range) {
        return readers.read(session -> {
            Window possible = range.and(new Window(horizon.get().moment(), Event.END_OF_TIME));
            long from = Micros.notBefore(possible.start());
            long to = Micros.notBefore(possible.end());
            List<SubjectKey> subjects = new ArrayList<>();
            for (StoredSeries series : StoredSeries.all(session, namespace, type)) {
                session.requireTime();
                if (EventRows.count(session, series, from, to, 1) > 0) {
                    subjects.add(series.subject());
                }
            }
            return List.copyOf(subjects);
        });
    }

    @Override
    public long mostSubjects() {
        return readers.read(StoredSubjects::most);
    }
}
