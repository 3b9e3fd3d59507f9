package io.meterport.application.meter;

import io.meterport.application.spi.BuildChunk;
import io.meterport.application.spi.MeterBuild;
import io.meterport.application.spi.MeterBuilds;
import io.meterport.application.spi.MeteredEvent;
import java.util.List;

/** Counts old events for new meters, a little at a time. Steps must not run side by side. */
public final class BuildMeters {
    /** So many that one chunk keeps the store's writer busy for a few milliseconds only. */
    static final int CHUNK = 500;

    private final MeterBuilds builds;

    public BuildMeters(MeterBuilds builds) {
        this.builds = builds;
    }

    /** Goes one chunk further, if there is anything to do; returns whether there was. */
    public boolean step() {
        return builds.next().map(this::count).isPresent();
    }

    private boolean count(MeterBuild build) {
        BuildChunk chunk = builds.chunk(build, CHUNK);
        List<MeteredEvent> events = chunk.events().stream()
                .map(event -> MeteredEvent.of(event, List.of(build.meter())))
                .toList();
        return builds.count(build, chunk, events);
    }
}
