package io.meterport.application.meter;

import io.meterport.application.spi.Catalog;
import io.meterport.application.spi.DefinitionFeed;
import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.MeterStore;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.subject.Namespace;
import java.util.List;
import java.util.Optional;

/** Tells other nodes when meters change, and looks again when they say so. Thread-safe. */
public final class AnnouncedMeters implements MeterStore {
    private final MeterStore meters;
    private final DefinitionFeed feed;

    public AnnouncedMeters(MeterStore meters, DefinitionFeed feed) {
        this.meters = meters;
        this.feed = feed;
        feed.subscribe(meters::refresh);
    }

    @Override
    public Catalog catalog(Namespace namespace) {
        return meters.catalog(namespace);
    }

    @Override
    public void refresh() {
        meters.refresh();
    }

    @Override
    public List<Meter> all(Namespace namespace, boolean withDeleted) {
        return meters.all(namespace, withDeleted);
    }

    @Override
    public Optional<Meter> find(Namespace namespace, MeterId id) {
        return meters.find(namespace, id);
    }

    @Override
    public Meter change(MeterChange change, String actor) {
        Meter changed = meters.change(change, actor);
        feed.announce();
        return changed;
    }
}
