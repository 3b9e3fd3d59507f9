package io.meterport.application.spi;

import io.meterport.application.spi.MemoryState.PendingBuild;
import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.meter.Contribution;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import java.util.List;
import java.util.Optional;

/**
 * Goes through old events as any store has to, and finds nothing left to do: usage is always
 * computed from all events.
 */
final class MemoryBuilds implements MeterBuilds {
    private final MemoryState state;

    MemoryBuilds(MemoryState state) {
        this.state = state;
    }

    @Override
    public Optional<MeterBuild> next() {
        synchronized (state) {
            return state.builds.stream().map(PendingBuild::build).findFirst();
        }
    }

    @Override
    public long mostCombinations() {
        synchronized (state) {
            return state.meters.values().stream()
                    .filter(Meter::isLive)
                    .mapToLong(this::combinations)
                    .max()
                    .orElse(0);
        }
    }

    private long combinations(Meter meter) {
        return state.events(meter.namespace()).stream()
                .map(stored -> Contribution.of(meter, stored.event()))
                .flatMap(Optional::stream)
                .map(Contribution::group)
                .distinct()
                .count();
    }

    @Override
    public BuildChunk chunk(MeterBuild build, int most) {
        synchronized (state) {
            long end = find(build).map(PendingBuild::end).orElse(build.position());
            List<StoredEvent> run = state.kept(build.meter().namespace()).stream()
                    .filter(stored ->
                            stored.sequence() > build.position() && stored.sequence() <= end)
                    .limit(most)
                    .toList();
            return new BuildChunk(
                    run.size() < most ? end : run.getLast().sequence(),
                    run.stream()
                            .map(StoredEvent::event)
                            .filter(event -> event.type().equals(build.meter().eventType()))
                            .toList());
        }
    }

    @Override
    public boolean count(MeterBuild build, BuildChunk chunk, List<MeteredEvent> events) {
        synchronized (state) {
            Optional<PendingBuild> found = find(build);
            if (found.isEmpty()) {
                return false;
            }
            int place = state.builds.indexOf(found.get());
            if (chunk.upTo() >= found.get().end()) {
                state.builds.remove(place);
            } else {
                MeterBuild moved = new MeterBuild(build.number(), build.meter(), chunk.upTo());
                state.builds.set(place, new PendingBuild(moved, found.get().end()));
            }
            return true;
        }
    }

    @Override
    public Optional<BuildProgress> progress(MeterId meter) {
        synchronized (state) {
            return state.builds.stream()
                    .filter(pending -> pending.build().meter().id().equals(meter))
                    .map(this::progress)
                    .findFirst();
        }
    }

    private BuildProgress progress(PendingBuild pending) {
        List<StoredEvent> all = state.events(pending.build().meter().namespace());
        return new BuildProgress(
                countUpTo(all, pending.build().position()), countUpTo(all, pending.end()));
    }

    private static long countUpTo(List<StoredEvent> events, long sequence) {
        return events.stream().filter(stored -> stored.sequence() <= sequence).count();
    }

    private Optional<PendingBuild> find(MeterBuild build) {
        return state.builds.stream()
                .filter(pending -> pending.build().number() == build.number()
                        && pending.build().position() == build.position())
                .findFirst();
    }
}
