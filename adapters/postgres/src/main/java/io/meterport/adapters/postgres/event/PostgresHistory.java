package io.meterport.adapters.postgres.event;

import io.meterport.adapters.postgres.server.Micros;
import io.meterport.adapters.postgres.server.Transactions;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.EventReader;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventType;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Horizon;
import io.meterport.domain.usage.Window;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** Gives stored events back. */
final class PostgresHistory implements EventReader {
    static final String SUBJECTS = """
            select series.subject from series
            where series.namespace = (select id from namespace where name = ?) and series.type = ?
                and exists (
                    select 1 from event
                    where event.series = series.id and event.time >= ? and event.time < ?)""";

    private final Transactions transactions;
    private final int rawBudget;

    /**
     * @param rawBudget how many events one list may look through
     */
    PostgresHistory(Transactions transactions, int rawBudget) {
        this.transactions = transactions;
        this.rawBudget = rawBudget;
    }

    @Override
    public List<StoredEvent> list(EventQuery query) {
        return transactions.read(handle -> {
            Horizon horizon = Upkeep.read(handle).horizon();
            Upkeep.keepEvents(handle);
            return new EventListing(handle.getConnection(), query, horizon, rawBudget).list();
        });
    }

    @Override
    public List<SubjectKey> subjects(Namespace namespace, EventType type, Window range) {
        return transactions.read(handle -> {
            Horizon horizon = Upkeep.read(handle).horizon();
            Upkeep.keepEvents(handle);
            Window possible = range.and(new Window(horizon.moment(), Event.END_OF_TIME));
            List<SubjectKey> subjects = new ArrayList<>();
            try (PreparedStatement select = handle.getConnection().prepareStatement(SUBJECTS)) {
                select.setString(1, namespace.name());
                select.setString(2, type.value());
                select.setLong(3, Micros.notBefore(possible.start()));
                select.setLong(4, Micros.notBefore(possible.end()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        subjects.add(new SubjectKey(row.getString(1)));
                    }
                }
            }
            subjects.sort(null);
            return List.copyOf(subjects);
        });
    }

    @Override
    public long mostSubjects() {
        return transactions.readOnce(
                handle -> handle.createQuery("select coalesce(max(subjects), 0) from namespace")
                        .mapTo(long.class)
                        .one());
    }
}
