package io.meterport.application.spi;

import io.meterport.domain.event.Event;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Filter;
import io.meterport.domain.usage.TimeFilter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens a new, empty storage for every test of a contract and closes it afterwards. */
public abstract class StorageContract {
    private WholeStorage storage;
    private StorageDriver driver;

    /** Opens a new, empty storage. */
    protected abstract WholeStorage open() throws Exception;

    @BeforeEach
    final void openStorage() throws Exception {
        storage = open();
        driver = new StorageDriver(storage);
    }

    @AfterEach
    final void closeStorage() {
        if (storage != null) {
            storage.close();
        }
    }

    protected final EventStorage events() {
        return storage.events();
    }

    protected final CatalogStorage catalog() {
        return storage.catalog();
    }

    protected final StorageDriver driver() {
        return driver;
    }

    /** All events of the namespace, newest first, read page by page. */
    protected final List<StoredEvent> history(Namespace namespace) {
        return Histories.all(events().history(), everything(namespace, EventQuery.MOST_EVENTS));
    }

    /** Their ids. */
    protected final List<String> ids(Namespace namespace) {
        return history(namespace).stream()
                .map(StoredEvent::event)
                .map(Event::key)
                .map(key -> key.id())
                .toList();
    }

    /** A list of everything. */
    protected static EventQuery everything(Namespace namespace, int limit) {
        return new EventQuery(
                namespace,
                new Filter.Any(),
                new Filter.Any(),
                new Filter.Any(),
                new Filter.Any(),
                new TimeFilter.Any(),
                new TimeFilter.Any(),
                Optional.empty(),
                limit);
    }
}
