package io.meterport.application.spi;

import io.meterport.application.meter.BuildMeters;
import io.meterport.domain.event.Event;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Usage;
import io.meterport.domain.usage.UsageQuery;
import io.meterport.domain.usage.UsageRow;
import java.util.Arrays;
import java.util.List;

/** Does to a storage what the use cases do. Thread-safe. */
public final class StorageDriver {
    private static final int MOST_STEPS = 1_000_000;

    private final WholeStorage storage;
    private final BuildMeters building;

    public StorageDriver(WholeStorage storage) {
        this.storage = storage;
        this.building = new BuildMeters(storage.events().builds());
    }

    /** Defines the meter and leaves its build to whoever builds. */
    public Meter define(MeterSample sample) {
        return storage.catalog().meters().change(new MeterChange.Define(sample.meter()), "tests");
    }

    /** Gives the meter of that id what the sample says. */
    public Meter redefine(MeterSample sample) {
        return storage.catalog().meters().change(new MeterChange.Redefine(sample.meter()), "tests");
    }

    /** Deletes the meter. */
    public void delete(Meter meter) {
        storage.catalog()
                .meters()
                .change(
                        new MeterChange.Delete(meter.namespace(), meter.id(), Samples.RECEIVED),
                        "tests");
    }

    /** Stores the events in the default namespace as one batch; returns how many were new. */
    public int send(EventSample... events) {
        return send(
                Namespace.DEFAULT, Arrays.stream(events).map(EventSample::event).toList());
    }

    /** Stores the events as one batch, again and again while meters change. */
    public int send(Namespace namespace, List<Event> events) {
        while (true) {
            Catalog catalog = storage.catalog().meters().catalog(namespace);
            try {
                return storage.events().events().append(Samples.batch(namespace, catalog, events));
            } catch (StaleCatalog stale) {
                // The meters changed in between: once more, with the new ones.
            }
        }
    }

    /** Goes one step with the builds; returns whether there was one. */
    public boolean build() {
        return building.step();
    }

    /** Goes on until no build is left. */
    public void finishBuilds() {
        for (int step = 0;
                step < MOST_STEPS && storage.events().builds().next().isPresent();
                step++) {
            build();
        }
        if (storage.events().builds().next().isPresent()) {
            throw new AssertionError("the builds never come to an end");
        }
    }

    /** The answer. */
    public List<UsageRow> rows(UsageQuery query) {
        return Usage.rows(query, storage.events().usage().read(query));
    }

    /** The answer, with numbers in one form, so that equal answers are equal. */
    public List<UsageRow> answer(UsageQuery query) {
        return plain(rows(query));
    }

    /** The same rows, with numbers in one form. */
    public static List<UsageRow> plain(List<UsageRow> rows) {
        return rows.stream()
                .map(row -> new UsageRow(
                        row.window(), row.subject(), row.group(), row.value().stripTrailingZeros()))
                .toList();
    }
}
