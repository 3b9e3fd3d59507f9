package io.meterport.application.ingest;

import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.EventReader;
import io.meterport.application.spi.MeterStore;
import io.meterport.domain.meter.EventCheck;
import java.util.List;

/** Lists stored events, each with why meters pass over it, as the meters are now. Thread-safe. */
public final class ListEvents {
    private final EventReader history;
    private final MeterStore meters;

    public ListEvents(EventReader history, MeterStore meters) {
        this.history = history;
        this.meters = meters;
    }

    /** The events asked for, newest first. */
    public List<ListedEvent> matching(EventQuery query) {
        Catalog catalog = meters.catalog(query.namespace());
        return history.list(query).stream()
                .map(stored -> new ListedEvent(
                        stored,
                        EventCheck.messages(
                                stored.event(), catalog.counting(stored.event().type()))))
                .toList();
    }
}
