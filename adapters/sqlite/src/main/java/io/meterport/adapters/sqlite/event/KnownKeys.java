package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which events are known already. Keys go in sorted, because neighbours share a page; of equal ones
 * the first to arrive goes in first, and wins.
 */
final class KnownKeys {
    private static final String PUT =
            "insert into event_key (key) values (?) on conflict do nothing";

    private KnownKeys() {}

    /** Tells each of the events whether it is new, and knows them all from now on. */
    static void add(Session session, List<NewEvent> events) throws SQLException {
        List<NewEvent> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(NewEvent::key));
        PreparedStatement statement = session.prepare(PUT);
        for (NewEvent event : sorted) {
            statement.setBytes(1, event.key().bytes());
            event.found(statement.executeUpdate() == 1);
        }
    }
}
