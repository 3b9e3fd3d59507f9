package io.meterport.adapters.sqlite.event;

import io.meterport.adapters.json.JsonPrinter;
import io.meterport.adapters.sqlite.file.Micros;
import io.meterport.adapters.sqlite.rollup.ValueHash;
import io.meterport.application.spi.Conflicts;
import io.meterport.application.spi.MeteredEvent;
import io.meterport.domain.event.Event;

/**
 * An event on its way in. Whatever can be worked out without the database is worked out here, by the
 * caller's thread, since there is only one that writes.
 */
final class NewEvent {
    private static final byte[] NO_DATA = new byte[0];

    private final MeteredEvent metered;
    private final ValueHash key;
    private final long micros;
    private final byte[] data;
    private final int content;
    /** Of what the sender gave, without the time; two tries of one event have the same. */
    private final int sameness;

    private boolean isNew;
    private long id;
    private long series;

    NewEvent(MeteredEvent metered, ValueHash key) {
        Event event = metered.event();
        this.metered = metered;
        this.key = key;
        this.micros = Micros.of(event.time());
        this.data = event.data().map(JsonPrinter::bytes).orElse(NO_DATA);
        this.content = new EventSum().content(micros, event.key().id(), data);
        this.sameness = Conflicts.contents(metered, data);
    }

    MeteredEvent metered() {
        return metered;
    }

    Event event() {
        return metered.event();
    }

    ValueHash key() {
        return key;
    }

    long micros() {
        return micros;
    }

    /** Its data as JSON; no bytes where it has none. */
    byte[] data() {
        return data;
    }

    /** The checksum of what the sender gave. */
    int content() {
        return content;
    }

    /** Remembers what was stored, or looks whether this is the same. */
    void compare(Conflicts conflicts) {
        if (isNew) {
            conflicts.stored(key.high(), key.low(), sameness);
        } else {
            conflicts.again(key.high(), key.low(), sameness);
        }
    }

    void found(boolean nobodyHasIt) {
        isNew = nobodyHasIt;
    }

    boolean isNew() {
        return isNew;
    }

    void place(long newId, long newSeries) {
        id = newId;
        series = newSeries;
    }

    long id() {
        return id;
    }

    long series() {
        return series;
    }
}
