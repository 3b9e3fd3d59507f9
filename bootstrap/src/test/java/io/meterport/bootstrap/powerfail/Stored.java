package io.meterport.bootstrap.powerfail;

import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.application.spi.EventCursor;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.StorageDriver;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks into a storage through its ports. */
final class Stored {
    private Stored() {}

    /** The keys of all events. */
    static Set<EventKey> keys(SqliteStorage storage) {
        Set<EventKey> keys = new HashSet<>();
        List<StoredEvent> page = storage.history().list(query(Optional.empty()));
        while (!page.isEmpty()) {
            page.forEach(stored -> keys.add(stored.event().key()));
            page = storage.history().list(query(Optional.of(EventCursor.of(page.getLast()))));
        }
        return keys;
    }

    /** Which answers differ from what is right. */
    static List<String> wrongUsage(StorageDriver driver, List<Expectations.Expected> expectations) {
        List<String> wrong = new ArrayList<>();
        for (Expectations.Expected expected : expectations) {
            if (!driver.answer(expected.query()).equals(expected.rows())) {
                wrong.add("the usage of " + expected.query().meter().slug() + " is wrong");
            }
        }
        return wrong;
    }

    /** What SQLite finds wrong with the file in that folder. */
    static List<String> integrity(Path folder) {
        try (var database = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("meterport.db"));
                var statement = database.createStatement();
                var result = statement.executeQuery("pragma integrity_check")) {
            String found = result.next() ? result.getString(1) : "nothing";
            return found.equals("ok") ? List.of() : List.of("integrity_check: " + found);
        } catch (SQLException e) {
            return List.of("integrity_check: " + e);
        }
    }

    private static EventQuery query(Optional<EventCursor> after) {
        Filter any = new Filter.Any();
        TimeFilter always = new TimeFilter.Any();
        return new EventQuery(
                Namespace.DEFAULT,
                any,
                any,
                any,
                any,
                always,
                always,
                after,
                EventQuery.MOST_EVENTS);
    }
}
