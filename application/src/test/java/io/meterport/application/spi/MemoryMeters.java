package io.meterport.application.spi;

import io.meterport.application.spi.MemoryState.PendingBuild;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.usage.Horizon;
import java.util.List;
import java.util.Optional;

/** Meters in a map. */
final class MemoryMeters implements MeterStore {
    private final MemoryState state;
    private final MemoryAudit audit;

    MemoryMeters(MemoryState state, MemoryAudit audit) {
        this.state = state;
        this.audit = audit;
    }

    @Override
    public Catalog catalog(Namespace namespace) {
        synchronized (state) {
            return new Catalog(state.version, all(namespace, false));
        }
    }

    @Override
    public List<Meter> all(Namespace namespace, boolean withDeleted) {
        synchronized (state) {
            return state.meters.values().stream()
                    .filter(meter -> meter.namespace().equals(namespace))
                    .filter(meter -> withDeleted || meter.isLive())
                    .toList();
        }
    }

    @Override
    public Optional<Meter> find(Namespace namespace, MeterId id) {
        synchronized (state) {
            return Optional.ofNullable(state.meters.get(id))
                    .filter(meter -> meter.namespace().equals(namespace));
        }
    }

    @Override
    public Meter change(MeterChange change, String actor) {
        synchronized (state) {
            Meter changed = switch (change) {
                case MeterChange.Define(Meter meter) -> define(meter);
                case MeterChange.Redefine(Meter meter) -> redefine(meter);
                case MeterChange.Delete delete -> delete(delete);
            };
            state.meters.put(changed.id(), changed);
            state.version++;
            audit(change, changed, actor);
            return changed;
        }
    }

    private void audit(MeterChange change, Meter changed, String actor) {
        Optional<Namespace> namespace = Optional.of(changed.namespace());
        String target = changed.id().value();
        switch (change) {
            case MeterChange.Define _ ->
                audit.add(namespace, changed.createdAt(), actor, AuditAction.METER_CREATE, target);
            case MeterChange.Redefine _ ->
                audit.add(namespace, changed.updatedAt(), actor, AuditAction.METER_UPDATE, target);
            case MeterChange.Delete delete ->
                audit.add(namespace, delete.at(), actor, AuditAction.METER_DELETE, target);
        }
    }

    private Meter define(Meter meter) {
        List<Meter> live = all(meter.namespace(), false);
        if (live.stream().anyMatch(other -> other.slug().equals(meter.slug()))) {
            throw new ProblemException(new Problem.Conflict(
                    "meter-exists", "There is a meter " + meter.slug() + " already."));
        }
        if (live.size() >= Meter.MOST_PER_NAMESPACE) {
            throw new ProblemException(new Problem.Conflict(
                    "too-many-meters",
                    "There are " + Meter.MOST_PER_NAMESPACE + " meters already."));
        }
        build(meter);
        return meter;
    }

    private Meter redefine(Meter meter) {
        Meter old = live(meter.namespace(), meter.id());
        Meter redefined = new Meter(
                old.id(),
                old.namespace(),
                old.slug(),
                meter.name(),
                meter.description(),
                old.eventType(),
                old.eventFrom(),
                old.aggregation(),
                meter.dimensions(),
                meter.metadata(),
                old.createdAt(),
                meter.updatedAt(),
                old.deletedAt());
        if (!redefined.dimensions().equals(old.dimensions())) {
            stopBuilding(old.id());
            build(redefined);
        }
        return redefined;
    }

    private Meter delete(MeterChange.Delete delete) {
        Meter old = live(delete.namespace(), delete.id());
        stopBuilding(old.id());
        return new Meter(
                old.id(),
                old.namespace(),
                old.slug(),
                old.name(),
                old.description(),
                old.eventType(),
                old.eventFrom(),
                old.aggregation(),
                old.dimensions(),
                old.metadata(),
                old.createdAt(),
                old.updatedAt(),
                Optional.of(delete.at()));
    }

    private Meter live(Namespace namespace, MeterId id) {
        return find(namespace, id)
                .filter(Meter::isLive)
                .orElseThrow(() -> new ProblemException(
                        new Problem.NotFound("unknown-meter", "There is no meter " + id + ".")));
    }

    private void build(Meter meter) {
        if (!state.horizon.equals(Horizon.NONE)) {
            state.dataFrom.put(meter.id(), state.horizon.moment());
        }
        if (!state.events(meter.namespace()).isEmpty()) {
            MeterBuild build = new MeterBuild(++state.build, meter, 0);
            state.builds.add(new PendingBuild(build, state.sequence));
        }
    }

    private void stopBuilding(MeterId meter) {
        state.builds.removeIf(pending -> pending.build().meter().id().equals(meter));
    }
}
