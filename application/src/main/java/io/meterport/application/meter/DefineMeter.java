package io.meterport.application.meter;

import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.MeterStore;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Creates, changes and deletes meters. Old events count for a new meter as soon as they have been
 * gone through; that happens behind the caller's back. Thread-safe.
 */
public final class DefineMeter {
    private final MeterStore meters;
    private final InstantSource time;
    private final Supplier<String> ids;
    private final Set<MeterSlug> declared;

    /**
     * @param ids gives a new ULID each time
     * @param declared the meters of the default namespace that belong to the configuration
     */
    public DefineMeter(
            MeterStore meters, InstantSource time, Supplier<String> ids, Set<MeterSlug> declared) {
        this.meters = meters;
        this.time = time;
        this.ids = ids;
        this.declared = Set.copyOf(declared);
    }

    /**
     * Creates a meter.
     *
     * @param actor the public id of who asks for it; also below
     * @throws ProblemException {@code meter-exists}, {@code too-many-meters}, {@code invalid-meter}
     */
    public Meter create(String actor, Namespace namespace, MeterDraft draft) {
        Instant now = now();
        Meter meter = new Meter(
                new MeterId(ids.get()),
                namespace,
                draft.slug(),
                draft.name().orElse(draft.slug().value()),
                draft.description(),
                draft.eventType(),
                draft.eventFrom(),
                draft.aggregation(),
                draft.dimensions(),
                draft.metadata(),
                now,
                now,
                Optional.empty());
        return meters.change(new MeterChange.Define(meter), actor);
    }

    /**
     * Replaces what may change of a live meter; history is told by its new dimensions.
     *
     * @throws ProblemException {@code unknown-meter}, {@code declared-meter}, {@code invalid-meter}
     */
    public Meter replace(String actor, Namespace namespace, MeterName name, MeterEdit edit) {
        Meter old = name.in(meters.catalog(namespace));
        requireUndeclared(old);
        return meters.change(new MeterChange.Redefine(edited(old, edit)), actor);
    }

    /**
     * Deletes a meter. Named by its id, a meter already deleted is left as it is.
     *
     * @throws ProblemException {@code unknown-meter}, {@code declared-meter}
     */
    public void delete(String actor, Namespace namespace, MeterName name) {
        Optional<Meter> deleted = name.id()
                .flatMap(id -> meters.find(namespace, id))
                .filter(found -> !found.isLive());
        if (deleted.isPresent()) {
            return;
        }
        Meter meter = name.in(meters.catalog(namespace));
        requireUndeclared(meter);
        meters.change(new MeterChange.Delete(namespace, meter.id(), now()), actor);
    }

    Meter edited(Meter old, MeterEdit edit) {
        return new Meter(
                old.id(),
                old.namespace(),
                old.slug(),
                edit.name().orElse(old.slug().value()),
                edit.description().or(old::description),
                old.eventType(),
                old.eventFrom(),
                old.aggregation(),
                edit.dimensions(),
                edit.metadata(),
                old.createdAt(),
                now(),
                Optional.empty());
    }

    private void requireUndeclared(Meter meter) {
        if (meter.namespace().equals(Namespace.DEFAULT) && declared.contains(meter.slug())) {
            throw new ProblemException(new Problem.Conflict(
                    "declared-meter",
                    "The meter " + meter.slug()
                            + " is declared in the configuration file; change it there."));
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
