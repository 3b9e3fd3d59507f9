package io.meterport.application.ingest;

import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.EventQuery;
import io.meterport.application.spi.EventReader;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.Retention;
import io.meterport.domain.meter.EventCheck;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.util.List;

/** Lists stored events, each with why meters pass over it, as the meters are now. Thread-safe. */
public final class ListEvents {
    private final EventReader history;
    private final MeterStore meters;
    private final Retention retention;

    public ListEvents(EventReader history, MeterStore meters, Retention retention) {
        this.history = history;
        this.meters = meters;
        this.retention = retention;
    }

    /** The recent events asked for at the time {@code now}, newest first. */
    public List<ListedEvent> recent(Namespace namespace, RecentEvents recent, Instant now) {
        return matching(recent.at(namespace, now, retention.horizon()));
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
