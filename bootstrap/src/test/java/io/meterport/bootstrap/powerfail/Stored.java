package io.meterport.bootstrap.powerfail;

import io.meterport.adapters.sqlite.SqliteStorage;
import io.meterport.application.spi.EventCursor;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.StorageDriver;
import io.meterport.domain.event.Event;
import io.meterport.domain.event.EventKey;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.Subjects;
import io.meterport.domain.usage.TimeFilter;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import io.meterport.domain.usage.WindowSize;
import io.meterport.domain.usage.Windowing;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks into a storage through its ports. */
final class Stored {
    private static final Windowing WHOLE = new Windowing.Whole();
    private static final Windowing DAYS =
            new Windowing.By(WindowSize.DAY, ZoneId.of("America/New_York"));

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

    /** Which answers differ from what the domain says about these events. */
    static List<String> wrongUsage(
            StorageDriver driver, List<Meter> meters, Collection<Event> events) {
        List<String> wrong = new ArrayList<>();
        for (Meter meter : meters) {
            for (Windowing windowing : List.of(WHOLE, DAYS)) {
                UsageQuery query = new UsageQuery(
                        meter,
                        new Subjects.Each(),
                        Optional.empty(),
                        Optional.empty(),
                        windowing,
                        meter.dimensions().stream().map(each -> each.key()).toList(),
                        Map.of());
                List<UsageRow> expected = StorageDriver.plain(Usage.of(query, events));
                List<UsageRow> answer = driver.answer(query);
                if (!answer.equals(expected)) {
                    wrong.add("the usage of " + meter.slug() + " is wrong");
                }
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
