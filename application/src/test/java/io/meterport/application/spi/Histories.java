package io.meterport.application.spi;

import io.meterport.domain.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads long lists as clients do, page by page. */
final class Histories {
    private static final int MOST_PAGES = 1_000;

    private Histories() {}

    /** All that match, in pages of the query's limit. */
    static List<StoredEvent> all(EventReader reader, EventQuery query) {
        List<StoredEvent> all = new ArrayList<>();
        List<StoredEvent> page = reader.list(query);
        for (int pages = 0; !page.isEmpty(); pages++) {
            if (pages == MOST_PAGES) {
                throw new AssertionError("the list never comes to an end");
            }
            all.addAll(page);
            page = reader.list(after(query, EventCursor.of(page.getLast())));
        }
        return all;
    }

    private static EventQuery after(EventQuery query, EventCursor place) {
        return new EventQuery(
                query.namespace(),
                query.id(),
                query.source(),
                query.subject(),
                query.type(),
                query.time(),
                query.ingestedAt(),
                Optional.of(place),
                query.limit());
    }
}
